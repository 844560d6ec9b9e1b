import { conditionOf, type Condition, type Reported } from '../fixtures/operator/objects.js';
import { organizationsPath } from '../fixtures/operator/harness.js';
import type { Attacker, Scene } from './scene.js';

let made = 0;

/** Somebody creates an integration that selects no namespace; gives the reason and the message of what came of it. */
export async function integrate({ cluster }: Scene, author: Attacker, spec: object): Promise<Condition> {
  made += 1;
  const name = `thief-${made}`;
  const isOld = 'credentialsSecretName' in spec;
  const apiVersion = isOld ? 'redhatcop.redhat.io/v1alpha1' : 'quay.redhat.com/v1';
  const nothing = { [isOld ? 'whitelistNamespaces' : 'allowlistNamespaces']: ['nowhere'] };
  const object = {
    apiVersion,
    kind: 'QuayIntegration',
    metadata: { name },
    spec: { clusterID: name, ...nothing, ...spec },
  };
  return (
    (await deniedOf(author, object)) ??
    cluster.eventually(async () => refusedIn(await cluster.get(`/apis/${apiVersion}/quayintegrations/${name}`)))
  );
}

/** Fields of a spec, and what else he writes into the object. */
export interface Declared {
  readonly metadata?: { readonly labels?: object };
  readonly status?: object;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** Somebody declares an organization; gives the reason and the message of why it was refused. */
export async function declareOrganization(
  { cluster, harness }: Scene,
  author: Attacker,
  { metadata = {}, status, ...spec }: Declared,
): Promise<Condition> {
  made += 1;
  const name = `declared-${made}`;
  const object = {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { ...metadata, name },
    spec: { integration: harness.id, name, ...spec },
    ...(status && { status }),
  };
  return (
    (await deniedOf(author, object)) ??
    cluster.eventually(async () => refusedIn(await cluster.get(`${organizationsPath}/${object.metadata.name}`)))
  );
}

/** What the schema of the API server says to it already; undefined where it takes the object. */
async function deniedOf(author: Attacker, object: object): Promise<Condition | undefined> {
  const refusal = await author.create(object).then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (refusal === undefined) return undefined;
  // Anything but a fault of the object would be a fault of the test.
  if (!refusal.includes(': 422 ')) throw new Error(refusal);
  return { type: 'Ready', status: 'False', reason: 'Denied', message: refusal };
}

function refusedIn(object: Reported): Condition {
  const ready = conditionOf(object, 'Ready');
  if (ready.status !== 'False' || ready.reason === 'Progressing') throw new Error(JSON.stringify(object.status));
  return ready;
}
