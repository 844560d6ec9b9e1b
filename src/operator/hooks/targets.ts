import { findForge } from '../../forge/index.js';
import { type HookTarget } from '../../hooks/index.js';
import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';
import {
  type KubeClient,
  listAll,
  listPath,
  readObject,
  resourceName,
  resourceTypes,
  secretData,
} from '../../kube/index.js';
import { proposalBranch } from '../../pipeline/proposer.js';
import { proxyFor } from '../../proxy/index.js';
import { readIntegration } from '../integrations/read-integration.js';

interface Options {
  readonly client: Pick<KubeClient, 'call'>;
  /** The operator's. */
  readonly namespace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now?: () => number;
}

/** Milliseconds: long enough that many deliveries ask the API server for hardly anything, short enough for a secret that was replaced. */
const remembered = 15_000;
const mostRemembered = 200;
/** Milliseconds between two lists of integrations. */
const betweenLists = 1_000;

/** What integrations say of the deliveries for them, read from the API server: whoever receives one need not lead. */
export function hookTargets(options: Options): (integration: string) => Promise<HookTarget | undefined> {
  const { now = Date.now } = options;
  const isThere = integrationNames(options.client, now);
  const known = new Map<string, { readonly until: number; readonly target: Promise<HookTarget | undefined> }>();
  return async (integration) => {
    if (!(await isThere(integration))) return undefined;
    const before = known.get(integration);
    if (before !== undefined && before.until > now()) return before.target;
    if (known.size >= mostRemembered) known.clear();
    // What cannot be read proves nothing.
    const target = readTarget(options, integration).catch(() => undefined);
    known.set(integration, { until: now() + remembered, target });
    return target;
  };
}

/** Tells whether there is an integration. Whoever reaches the receiver can make up names, and all of them together cost a list a second. */
function integrationNames(client: Options['client'], now: () => number): (name: string) => Promise<boolean> {
  let last: { readonly at: number; readonly names: Promise<ReadonlySet<string>> } = {
    at: Number.NEGATIVE_INFINITY,
    names: Promise.resolve(new Set()),
  };
  return async (name) => {
    if (now() - last.at < remembered && (await last.names).has(name)) return true;
    const { at, names } = last;
    // While they cannot be read, the ones read before count.
    if (now() - at >= betweenLists) last = { at: now(), names: readNames(client).catch(() => names) };
    return (await last.names).has(name);
  };
}

async function readNames({ call }: Options['client']): Promise<ReadonlySet<string>> {
  const type = resourceTypes.quayIntegration;
  const request = { resource: resourceName(type), path: listPath(type), light: true, keep: nameOf };
  const listed = await listAll(call, request);
  if (!('items' in listed)) throw new Error(`the integrations cannot be listed: ${listed.answer.status}`);
  return new Set(listed.items);
}

const nameOf = ({ metadata }: Fields): string => textOf(objectOrEmpty(metadata).name) ?? '';

async function readTarget({ client, namespace, environment }: Options, name: string): Promise<HookTarget | undefined> {
  const raw = await readObject(client, resourceTypes.quayIntegration, { name });
  if (raw === undefined) return undefined;
  const found = readIntegration({ raw, type: resourceTypes.quayIntegration });
  if ('failure' in found) return undefined;
  const { integration, id } = found;
  const { git } = integration.spec;
  const ref = git.forge?.webhook?.secretRef.name;
  if (ref === undefined || git.url === undefined) return undefined;
  const read = async (secret: string) =>
    secretData((await readObject(client, resourceTypes.secret, { namespace, name: secret })) ?? {});
  const data = await read(ref);
  const of = (...keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => {
      const value = data.get(key)?.trim();
      return value === undefined || value === '' ? [] : [value];
    });
  const located = await findForge({
    gitUrl: git.url,
    stated: git.forge,
    ca: git.secretRef && (await read(git.secretRef.name)).get('ca.crt'),
    proxyFor: (address) => proxyFor(address, environment),
  });
  return {
    kind: located.kind,
    repository: located.project,
    branches: [git.branch, proposalBranch({ id, integration })],
    secrets: of('secret', 'previous'),
    signingTokens: of('signingToken', 'previousSigningToken'),
  };
}
