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

/** Long enough that a flood asks the API server for hardly anything, short enough for a secret that was replaced. */
const remembered = 15_000;
const mostRemembered = 200;

/** What integrations say of the deliveries for them, read from the API server: whoever receives one need not lead. */
export function hookTargets(options: Options): (integration: string) => Promise<HookTarget | undefined> {
  const { client, now = Date.now } = options;
  const known = new Map<string, Remembered<HookTarget | undefined>>();
  let names: Remembered<ReadonlySet<string>> | undefined;
  return async (integration) => {
    // Whoever reaches the receiver can make up names: all of them together cost one question.
    if (names === undefined || names.until <= now()) names = { until: now() + remembered, value: readNames(client) };
    if (!(await names.value).has(integration)) return undefined;
    const before = known.get(integration);
    if (before !== undefined && before.until > now()) return before.value;
    if (known.size >= mostRemembered) known.clear();
    // What cannot be read proves nothing.
    const value = readTarget(options, integration).catch(() => undefined);
    known.set(integration, { until: now() + remembered, value });
    return value;
  };
}

interface Remembered<T> {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly value: Promise<T>;
}

/** The integrations that there are; none when they cannot be read. */
async function readNames({ call }: Options['client']): Promise<ReadonlySet<string>> {
  const type = resourceTypes.quayIntegration;
  const request = { resource: resourceName(type), path: listPath(type), light: true, keep: nameOf };
  const listed = await listAll(call, request).catch(() => undefined);
  return new Set(listed !== undefined && 'items' in listed ? listed.items : []);
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
