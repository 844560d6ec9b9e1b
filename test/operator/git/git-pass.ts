import { type Session } from '../../../src/pipeline/session.js';
import { type QuaysideError } from '../../../src/errors/index.js';
import {
  type EmbeddedRepository,
  openRepository,
  type RemoteRepository,
  type StateRepository,
} from '../../../src/git/index.js';
import { type OpenReview, openReview } from '../../../src/pipeline/proposer.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';
import { type Answer, type Call, type KubeClient, resourceTypes } from '../../../src/kube/index.js';
import { clusterId } from '../../../src/names/index.js';
import { type Integrations } from '../../../src/operator/integrations/integrations.js';
import { type KnownIntegration } from '../../../src/operator/integrations/known-integration.js';
import { type Operator } from '../../../src/operator/operator.js';
import { reconcileGit, type GitResult } from '../../../src/operator/git/reconcile-git.js';
import { createTerms } from '../../../src/operator/term/terms.js';
import { type IntegrationReport } from '../../../src/operator/status/integration-report.js';
import { liveOrganization } from '../../../src/operator/watches/live-organization.js';
import { cluster, integration, namespace } from '../../fixtures/snapshot.js';
import { author, message, temporaryFolder, writes } from '../../support/temporary.js';
import { operatorInMemory } from '../operator-in-memory.js';

/** One integration `quay` of a cluster in memory, with a state repository of its own. */
export interface GitPass {
  /** The objects of the cluster, by name. */
  readonly objects: Map<string, Fields>;
  /** The writes that the API server was asked for. */
  readonly writes: Call[];
  /** Goes the way once. */
  readonly applyState: () => Promise<GitResult>;
  readonly reported: () => IntegrationReport;
  readonly repository: StateRepository;
  /** A person commits a file below the folder of the cluster. */
  readonly write: (path: string, text: string) => Promise<string>;
  /** Changes what is asked of the integration. */
  readonly annotate: (annotations: Readonly<Record<string, string>>) => void;
}

export interface GitPassOptions {
  readonly namespaces: readonly string[];
  /** What the API server answers to an object that it will not have. */
  readonly refuse?: (object: Fields) => Answer | undefined;
  /** Why a push is refused. */
  readonly denyPush?: () => QuaysideError | undefined;
  /** Whether what was begun is still to be finished. */
  readonly signal?: AbortSignal;
  /** Done after each push. */
  readonly afterPush?: () => Promise<unknown>;
  /** A remote on a forge, and what waits for people there. @default - the embedded repository, and nothing */
  readonly remote?: {
    readonly url: string;
    readonly token: string;
    readonly review: 'Destructive' | 'All';
    readonly sync?: 'External';
    /** `spec.git.forge`. */
    readonly forge?: object;
  };
}

export const folder = 'clusters/openshift';

/** Prepares a way; nothing is done yet. */
export async function gitPass({
  namespaces,
  refuse,
  denyPush,
  afterPush,
  remote,
  signal,
}: GitPassOptions): Promise<GitPass> {
  const objects = new Map<string, Fields>();
  const written: Call[] = [];
  const inMemory = operatorInMemory(apiServer(objects, written, refuse));
  const operator = { ...withCluster(inMemory, objects, namespaces), ...(signal && { signal }) };
  const opened = await openRepository(await placeOf(remote));
  const repository: StateRepository = {
    ...opened,
    push: async (commit, base) => {
      const denied = denyPush?.();
      if (denied !== undefined) throw denied;
      const outcome = await opened.push(commit, base);
      await afterPush?.();
      return outcome;
    },
  };
  const review = remote && reviewOn(remote, repository);
  let annotations: Readonly<Record<string, string>> = {};
  let reported: IntegrationReport = {};
  let last: GitResult['meant'] | undefined;
  const integrations = integrationsOf(known({}), {
    reported: () => reported,
    add: (more) => (reported = { ...reported, ...more }),
  });
  const terms = createTerms(operator, integrations);
  return {
    objects,
    writes: written,
    repository,
    reported: () => reported,
    applyState: async () => {
      const reconciled = await reconcileGit(
        operator,
        integrations,
        { ...known(annotations, remote), review },
        {
          repository,
          terms,
          last,
        },
      );
      last = reconciled.meant;
      return reconciled;
    },
    write: async (path, text) => {
      const head = await opened.head();
      const commit = await opened.commit(head, writes({ [`${folder}/${path}`]: text }), message('By hand'), author);
      if ((await opened.push(commit, head)) !== 'pushed') throw new Error('somebody else was faster');
      return commit;
    },
    annotate: (more) => (annotations = more),
  };
}

type Remote = NonNullable<GitPassOptions['remote']>;

async function placeOf(remote: Remote | undefined): Promise<EmbeddedRepository | RemoteRepository> {
  if (remote === undefined) return { embedded: await temporaryFolder() };
  const credentials = { username: 'bot', password: remote.token };
  return { url: remote.url, cacheFolder: await temporaryFolder(), credentials };
}

/** What the integration says of a remote. */
function gitOf({ url, review, sync, forge }: Remote): object {
  return { url, review, ...(sync && { sync }), ...(forge && { forge }) };
}

function reviewOn({ url, token, review }: Remote, repository: StateRepository): OpenReview | undefined {
  const one = integration({ git: { url, review } });
  return openReview({
    inputs: {
      cluster: operatorInMemory(apiServer(new Map(), [], undefined)).live,
      integration: one,
      id: clusterId(one.spec.clusterID),
    },
    repository,
    location: url,
    git: { credentials: { username: 'bot', password: token } },
    rule: () => Promise.reject(new Error('no Secret is read')),
    configuration: { forgeToken: undefined },
    environment: {},
    released: false,
  });
}

function known(annotations: Readonly<Record<string, string>>, remote?: Remote): KnownIntegration {
  const one = integration(remote && { git: gitOf(remote) });
  const failure = { code: 'QuayUnreachable' as const, message: 'there is none', retryable: true };
  return {
    integration: { ...one, metadata: { ...one.metadata, annotations } },
    type: resourceTypes.quayIntegration,
    id: clusterId(one.spec.clusterID),
    host: 'quay.example.com',
    quay: { failure },
    repository: { failure },
  };
}

/** The only integration, and what is reported of it. */
export function integrationsOf(
  one: KnownIntegration,
  { reported, add }: { readonly reported: () => IntegrationReport; readonly add: (more: IntegrationReport) => unknown },
): Integrations {
  return {
    get: () => one,
    all: () => [one],
    exists: () => 'Yes',
    readable: () => [one.integration],
    areAllReadable: () => true,
    report: (_, more) => void add(more),
    writeStatus: () => Promise.resolve(),
    status: () => undefined,
    reported,
    onChange: () => undefined,
    isIdle: () => true,
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}

/** An operator that sees these namespaces, and these objects as organizations. */
export function withCluster(operator: Operator, objects: Map<string, Fields>, names: readonly string[]): Operator {
  const { watches } = operator;
  const snapshot: Session['known']['snapshot'] = { ...cluster(names.map((name) => namespace(name))), uid: 'c1' };
  return {
    ...operator,
    cluster: { ...operator.cluster, snapshot: () => Promise.resolve(snapshot) },
    watches: {
      ...watches,
      organizations: { ...watches.organizations, list: () => [...objects.values()].map(liveOrganization) },
    },
  };
}

/** Objects as the API server keeps them, as far as the road goes. */
export function apiServer(
  objects: Map<string, Fields>,
  written: Call[],
  refuse?: GitPassOptions['refuse'],
): KubeClient {
  let parent: Fields = { metadata: { name: 'quay', resourceVersion: '1' } };
  // What was applied last is owned: it goes when it is no longer declared.
  const owned = new Map<string, Fields>();
  const call = (request: Call): Answer => {
    const name = decodeURIComponent(request.path.split('?')[0]?.split('/').pop() ?? '');
    if (request.path.includes('/quayintegrations/')) {
      if (request.verb === 'patch') parent = patched(parent, request.body as Step[]);
      return { status: 200, body: parent };
    }
    const live = objects.get(name);
    if (request.verb === 'get') return live === undefined ? gone : { status: 200, body: live };
    written.push(request);
    if (request.verb === 'delete') return objects.delete(name) ? { status: 200, body: {} } : gone;
    const isPatch = Array.isArray(request.body);
    const body = isPatch ? patched(live ?? {}, request.body as Step[]) : applied(live, request.body, owned.get(name));
    const refusal = refuse?.(body);
    if (refusal !== undefined) return refusal;
    objects.set(name, body);
    if (!isPatch) owned.set(name, objectOrEmpty(objectOrEmpty(request.body).metadata));
    return { status: live === undefined ? 201 : 200, body };
  };
  return {
    server: 'http://in-memory',
    call: (request) => Promise.resolve(call(request)),
    watch: () => Promise.reject(new Error('nothing is watched')),
    close: () => Promise.resolve(),
  };
}

const gone: Answer = { status: 404, body: { kind: 'Status', reason: 'NotFound' } };

function applied(live: Fields | undefined, body: unknown, owned: Fields = {}): Fields {
  const { metadata, spec } = objectOrEmpty(body);
  const [before, now] = [objectOrEmpty(live?.metadata), objectOrEmpty(metadata)];
  const both = (field: string): Fields => {
    const others = Object.entries(objectOrEmpty(before[field])).filter(
      ([name]) => !(name in objectOrEmpty(owned[field])),
    );
    return { ...Object.fromEntries(others), ...objectOrEmpty(now[field]) };
  };
  return {
    metadata: { ...before, ...now, labels: both('labels'), annotations: both('annotations'), resourceVersion: '1' },
    spec,
  };
}

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

function patched(live: Fields, steps: readonly Step[]): Fields {
  // As it comes over the wire: a clone has the prototypes of another realm, and is equal to nothing of this one.
  const object = JSON.parse(JSON.stringify(live)) as Fields;
  for (const { op, path, value } of steps.filter((step) => step.op !== 'test')) {
    const names = path.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    const into = names.slice(1).reduce<Fields>((inner, name) => inner[name] as Fields, object) as Record<
      string,
      unknown
    >;
    if (op === 'remove') delete into[last];
    else into[last] = value;
  }
  return object;
}
