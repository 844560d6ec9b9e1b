import { type Head } from '../../git/index.js';
import { liveOrganizationObject, organizationKey, organizationTraits } from '../../pipeline/organization-objects.js';
import { applySetId, desiredObject, isAsDesired, type KubeObject } from '../../sync/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type GitResult } from './reconcile-git.js';

/** What every object was meant to be, by key. */
export type Documents = ReadonlyMap<string, KubeObject>;

/** What is known from the last reconciliation of every integration. To lose it costs a reconciliation. */
export interface GitState {
  readonly documents: Map<string, Documents>;
  /** The head of the branch then, suspended or not; undefined while the branch has none. */
  readonly heads: Map<string, string | undefined>;
}

/** No integration was reconciled yet. */
export function emptyGitState(): GitState {
  return { documents: new Map(), heads: new Map() };
}

/** Git was reconciled. */
export function noteReconciled(
  { documents, heads }: GitState,
  name: string,
  result: Pick<GitResult, 'meant' | 'refused'> & { readonly head: Pick<Head, 'commit'> | undefined },
): void {
  documents.set(name, result.meant);
  // What was refused may be taken the next time, although the branch says the same.
  if (result.refused.length > 0) heads.delete(name);
  else heads.set(name, result.head?.commit);
}

/** A plan was made for a suspended integration, or could not be made. */
export function notePlanned(
  { heads }: GitState,
  name: string,
  plan: { readonly commit?: string | undefined } | undefined,
): void {
  if (plan === undefined) heads.delete(name);
  else heads.set(name, plan.commit);
}

/** The integration no longer exists. */
export function forgetIntegration({ documents, heads }: GitState, name: string): void {
  documents.delete(name);
  heads.delete(name);
}

/** Whether a poll that found this head is a reason to reconcile. Also where the last try failed: it may work now. */
export function isDue(
  { heads }: GitState,
  name: string,
  { head, reported }: { readonly head: string | undefined; readonly reported: IntegrationReport },
): boolean {
  const { gitSync, unknown = [], proposal } = reported;
  // People act on a request without moving the branch.
  const isOpen = gitSync !== undefined || unknown.length > 0 || proposal !== undefined;
  return !heads.has(name) || head !== heads.get(name) || isOpen;
}

/** An object that is not as the state repository has it, and the integration whose it is. */
export interface ChangedObject {
  readonly integration: string;
  readonly object: KubeObject;
  /** The set that it is a member of. */
  readonly set: string;
}

/** For which integrations somebody else changed or deleted the object of that name. */
export function changedObjects(
  { documents }: GitState,
  integrations: readonly Pick<KnownIntegration, 'integration' | 'type'>[],
  name: string,
  live: LiveOrganization | undefined,
): readonly ChangedObject[] {
  return integrations.flatMap(({ integration: { metadata, spec }, type }) => {
    if (spec.git.sync !== 'BuiltIn' || spec.suspend) return [];
    const object = documents.get(metadata.name)?.get(organizationKey(name));
    if (object === undefined) return [];
    const set = applySetId({ type, named: { name: metadata.name } });
    const desired = desiredObject(object, { set, traits: organizationTraits });
    if (live !== undefined && (live.deleting || isAsDesired(liveOrganizationObject(live), desired))) return [];
    return [{ integration: metadata.name, object, set }];
  });
}
