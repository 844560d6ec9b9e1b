import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asked, Said } from '@quayside/simulator/forge';
import { type Fields } from '../../src/json/index.js';
import { type Call, type EventInput, type KubeClient, resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { emptyGitState } from '../../src/operator/git/git-state.js';
import { reconcileIntegration } from '../../src/operator/git/reconcile-integration.js';
import { receiveHooks } from '../../src/operator/hooks/receiver.js';
import { createRepositories, type Repositories } from '../../src/operator/integrations/repositories.js';
import { type Operator } from '../../src/operator/operator.js';
import { type IntegrationReport } from '../../src/operator/status/integration-report.js';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { createTerms } from '../../src/operator/term/terms.js';
import { credentialsRule } from '../../src/pipeline/credential-uses.js';
import { readConfiguration } from '../../src/process/configuration.js';
import { createLog } from '../../src/process/index.js';
import { integration, integrationObject } from '../fixtures/integration.js';
import { watchArguments } from '../hostile/child-arguments.js';
import { filesBelow, objectsOf, type Places } from '../hostile/leaks.js';
import { apiServer, integrationsOf, withCluster } from '../operator/git/git-pass.js';
import { operatorInMemory } from '../operator/operator-in-memory.js';
import { temporaryFolder } from '../support/temporary.js';
import type { StandIn } from './stand-in.js';

/** The content of Secrets of the operator's namespace, by their names. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An operator beside a forge, whose logins and keys come from Secrets, and all of it that somebody else can read. */
export interface Operating {
  /** Connects the integration with this `spec.git`, and reconciles Git for these namespaces once. */
  pass(git: object, ...namespaces: readonly string[]): Promise<void>;
  /** Where webhooks are received. */
  readonly hooks: { readonly port?: number };
  places(): Promise<Places>;
  close(): Promise<void>;
}

/** Starts one; `answer` may answer instead of the API of the forge. */
export async function operating(
  forge: StandIn,
  secrets: Secrets,
  answer: (asked: Asked) => Said | undefined,
): Promise<Operating> {
  const cacheFolder = await temporaryFolder();
  const [written, events]: [Call[], EventInput[]] = [[], []];
  const [lines, asked, statuses]: [string[], string[], object[]] = [[], [], []];
  const objects = new Map<string, Fields>();
  let git: object = {};
  const client = withSecrets(apiServer(objects, written), secrets, { origin: forge.origin, git: () => git });
  const operator = operatorOver(client, { cacheFolder, lines, events });
  const repositories = repositoriesOf(operator);
  const hooks = await receiveHooks(operator);
  const watched = watchArguments(process.pid);
  let reported: IntegrationReport = {};
  const add = (more: IntegrationReport): unknown => (reported = { ...reported, ...more });
  forge.fault = (one) => {
    const { authorization: _, ...headers } = one.headers;
    asked.push(JSON.stringify({ ...one, headers, query: [...one.query] }));
    return answer(one);
  };
  return {
    hooks,
    pass: async (more, ...namespaces) => {
      git = { url: forge.gitUrl, review: 'All', ...more };
      const one = integration({ git });
      const id = clusterId(one.spec.clusterID);
      const { review, ...repository } = await repositories.open(one, id, reported.applied);
      add({ repository: repository.failure, gitSync: undefined });
      const integrations = integrationsOf(
        { ...unconnected, integration: one, id, repository, review },
        { reported: () => reported, add },
      );
      const parts = { integrations, terms: createTerms(operator, integrations), state: emptyGitState() };
      const now = withCluster(operator, objects, namespaces);
      // As its controller does, which tries again.
      await reconcileIntegration(now, parts, 'quay').catch((error: unknown) =>
        operator.log.debug({ err: error, integration: 'quay' }, 'retrying to reconcile Git'),
      );
      const summary = { organizations: 0, ready: 0, faults: [] };
      statuses.push(integrationStatus({ reported, summary, generation: 1, before: undefined, now: new Date() }));
    },
    places: async () => ({
      'log lines': lines.join(''),
      statuses: JSON.stringify(statuses),
      Events: JSON.stringify(events),
      metrics: await operator.metrics.render(),
      'objects of the cluster': JSON.stringify([...objects.values(), ...written]),
      'what the forge was asked, without the proof of who asks': asked.join('\n'),
      'requests and commit statuses': JSON.stringify([forge.requests.all(), forge.statuses]),
      'the state repository': objectsOf(forge.repository.folder) + forge.repository.git(['for-each-ref']),
      'its copy': readdirSync(cacheFolder)
        .map((name) => objectsOf(join(cacheFolder, name)))
        .join('\n'),
      'files left behind': [cacheFolder, ...temporaryFolders()].map(filesBelow).join('\n'),
      'arguments of processes': [...watched.seen].join('\n'),
    }),
    close: async () => {
      watched.stop();
      repositories.close('quay');
      await hooks.close();
    },
  };
}

const unconnected = {
  type: resourceTypes.quayIntegration,
  host: 'quay.example.com',
  quay: { failure: { code: 'QuayUnreachable', message: 'there is none', retryable: true } },
} as const;

/** The list of integrations. */
function namesAt({ verb, path }: Pick<Call, 'verb' | 'path'>): Fields | undefined {
  if (verb !== 'list' || !path.includes('/quayintegrations')) return undefined;
  return { metadata: {}, items: [{ metadata: { name: 'quay' } }] };
}

/** The Secrets may be shown to the forge. */
function withSecrets(
  server: KubeClient,
  secrets: Secrets,
  { origin, git }: { readonly origin: string; readonly git: () => object },
): KubeClient {
  const annotations = { 'quayside.dev/hosts': new URL(origin).host };
  const secretAt = (path: string): Fields | undefined => {
    const name = /\/namespaces\/quayside\/secrets\/([^/?]+)/.exec(path)?.[1] ?? '';
    const entries = Object.entries(secrets[name] ?? {});
    const data = Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
    return entries.length === 0 ? undefined : { metadata: { namespace: 'quayside', name, annotations }, data };
  };
  const integrationAt = (path: string): Fields | undefined => {
    const credentialsSecret = { namespace: 'quayside', name: 'token' };
    const spec = { credentialsSecret, quayHostname: 'quay.example.com', git: git() };
    return path.includes('/quayintegrations/') ? { ...integrationObject(spec, { resourceVersion: '1' }) } : undefined;
  };
  return {
    ...server,
    call: (call) => {
      const body = call.verb === 'get' ? (secretAt(call.path) ?? integrationAt(call.path)) : namesAt(call);
      return body === undefined ? server.call(call) : Promise.resolve({ status: 200, body });
    },
  };
}

/** An operator that logs all that it can, and knows nothing that its log should leave out. */
function operatorOver(
  client: KubeClient,
  {
    cacheFolder,
    lines,
    events,
  }: { readonly cacheFolder: string; readonly lines: string[]; readonly events: EventInput[] },
): Operator {
  const plain = operatorInMemory(client);
  const configuration = readConfiguration({ PATH: process.env['PATH'], QUAYSIDE_CACHE: cacheFolder });
  return {
    ...plain,
    recordEvent: (event) => void events.push(event),
    log: createLog({ level: 'trace', name: 'test', destination: { write: (line) => void lines.push(line) } }),
    settings: { ...plain.settings, configuration, hooks: '127.0.0.1:0' },
  };
}

function repositoriesOf({ live, metrics, settings }: Operator): Repositories {
  const { configuration, namespace } = settings;
  return createRepositories({
    ...{ cluster: live, configuration, namespace, folder: undefined },
    rule: () => Promise.resolve(credentialsRule(settings, [])),
    onForgeCall: ({ method, status }) => metrics.forgeRequestsTotal.inc({ method, code: String(status) }),
  });
}

/** Those of this process for logins and keys; what they are for may not be over. */
function temporaryFolders(): readonly string[] {
  const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`quayside-git-${process.pid}-`));
  return own.map((name) => join(tmpdir(), name));
}
