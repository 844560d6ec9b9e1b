import type { QuayOrganization, QuayOrganizationSpec } from '../api/index.js';
import {
  everyFeature,
  needsOf,
  itemParts,
  planOrganization,
  withoutIgnored,
  type Inventory,
  type Offers,
  type OrganizationPlan,
} from '../plan/index.js';
import type { Quay } from '../quay/index.js';
import { type Tokens, tokensOf } from './facts-of-one.js';
import { own } from './own.js';
import type { Ownership, RefusedOwnership } from './ownership.js';
import type { Run } from './run.js';
import { secretFacts } from './secret-hashes.js';

/** What was read and planned of one organization. */
export type Look =
  | { readonly ownership: RefusedOwnership; readonly plan?: undefined; readonly tokens: Tokens }
  | {
      readonly ownership: Exclude<Ownership, RefusedOwnership>;
      readonly plan: OrganizationPlan;
      readonly tokens: Tokens;
    };

/** Observes an organization, decides whose it is, and plans: all of it reading. */
export async function lookAt(run: Run, document: QuayOrganization): Promise<Look> {
  const { quay, secrets, options, onProgress } = run.input;
  const { spec } = document;
  const remembered = run.remembered(spec.name).inventory;
  const roles = typeof options.roles === 'boolean' ? options.roles : options.roles(document);
  const needs = needsOf(spec, remembered, { roles });
  const observation = await quay.observe(spec.name, needs, { tokens: run.withTokens });
  const ownership = await own(run, document, observation);
  onProgress?.({ organization: spec.name, event: 'read' });
  if (ownership.decision === 'Refused') return { ownership, tokens: tokensOf(observation) };
  const { inventory } = ownership;
  const observed = observation.state === 'Observed' ? observation.organization : undefined;
  const tokenUser = namesOwners(spec, inventory) ? { tokenUser: (await quay.whoAmI()).username } : {};
  const whole = planOrganization({
    spec,
    observed,
    origin: ownership.statement.origin,
    offers: await offersFor(quay, spec),
    ...tokenUser,
    ...(ownership.marker === undefined ? {} : { marker: ownership.marker }),
    ...(inventory === undefined ? {} : { inventory }),
    ...(secrets === undefined ? {} : secretFacts(spec, inventory, secrets)),
    policy: run.policy,
    notes: ownership.decision === 'TakeOver' ? [`adopted: ${ownership.why ?? ''}`] : [],
  });
  const { isIgnored } = options;
  const plan = isIgnored === undefined ? whole : withoutIgnored(whole, (planned) => isIgnored(spec.name, planned));
  return { ownership, plan, tokens: tokensOf(observation) };
}

/** Only then does it matter who the token's user is: he must stay an owner. */
function namesOwners(spec: QuayOrganizationSpec, inventory: Inventory | undefined): boolean {
  const isDeclared = spec.teams.some(({ name }) => name === 'owners');
  return isDeclared || (inventory?.managedItems ?? []).some((managedItem) => itemParts(managedItem)[1] === 'owners');
}

/** The features of Quay, asked only when the document declares something that not every Quay has. */
async function offersFor(quay: Quay, spec: QuayOrganizationSpec): Promise<Offers> {
  const places = [spec, ...spec.repositories];
  const matters =
    spec.quota !== undefined ||
    spec.tagExpiration !== undefined ||
    spec.proxyCache !== undefined ||
    spec.teams.some(({ sync }) => sync !== undefined) ||
    spec.repositories.some(({ mirror }) => mirror !== undefined) ||
    places.some(({ autoPrune, immutability }) => autoPrune !== undefined || immutability !== undefined);
  return matters ? await quay.features() : everyFeature;
}
