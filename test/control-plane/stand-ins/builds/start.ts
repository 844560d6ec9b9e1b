import { type Api, type Fields, merge } from '../front/api.js';
import { type Build } from './generate.js';
import { ensureDockercfg, internalHost, pushSecretFor } from './push-secret.js';

export interface Starting {
  readonly api: Api;
  readonly hasInternalRegistry: boolean;
  /** Accounts that have their credentials for the internal registry, as `namespace/name`; grows. */
  readonly ensured: Set<string>;
}

const builds = '/apis/build.openshift.io/v1/namespaces';

/** Makes its pod, so to say: a build is pending with a push secret of its account, or stays new and says why. */
export async function startBuild(
  { api, hasInternalRegistry, ensured }: Starting,
  build: Build,
): Promise<'Pending' | 'New'> {
  const { namespace } = build.metadata;
  const { serviceAccount = 'builder', output } = build.spec;
  const account = `${namespace}/${serviceAccount}`;
  if (hasInternalRegistry && !ensured.has(account) && (await ensureDockercfg(api, namespace, serviceAccount))) {
    ensured.add(account);
  }
  const image = await imageOf(api, build, hasInternalRegistry);
  if (image === undefined) return stay(api, build, 'InvalidOutputReference', 'Output image could not be resolved.');
  const named = output?.pushSecret?.name;
  const chosen = named ?? (image === '' ? '' : await pushSecretFor(api, namespace, serviceAccount, image));
  if (chosen === undefined) {
    const message = 'Unable to look up the service account secrets for this build.';
    return stay(api, build, 'CannotRetrieveServiceAccount', message);
  }
  await patchBuild(api, build, {
    metadata: { annotations: { 'openshift.io/build.pod-name': `${build.metadata.name}-build` } },
    ...(chosen !== '' && { spec: { output: { pushSecret: { name: chosen } } } }),
    status: {
      phase: 'Pending',
      reason: null,
      message: null,
      ...(image !== '' && { outputDockerImageReference: image }),
    },
  });
  return 'Pending';
}

/** A pod whose Secret is not there waits for it; the build tells. */
export async function tellMissingSecret(api: Api, build: Build): Promise<void> {
  const name = build.spec.output?.pushSecret?.name;
  if (name === undefined || build.status?.reason === 'MissingPushSecret') return;
  const { status } = await api.call('GET', `/api/v1/namespaces/${build.metadata.namespace}/secrets/${name}`);
  if (status !== 404) return;
  await patchBuild(api, build, { status: { reason: 'MissingPushSecret', message: 'Missing push secret.' } });
}

/** Changes a build as it was seen; one that somebody has changed since is looked at again first. */
export async function patchBuild(api: Api, { metadata }: Build, change: Fields): Promise<void> {
  const { namespace, name, resourceVersion } = metadata;
  const guarded = { ...change, metadata: { ...(change.metadata as object | undefined), resourceVersion } };
  const answer = await api.call('PATCH', `${builds}/${namespace}/builds/${name}`, guarded, merge);
  if (answer.status !== 200 && answer.status !== 404) throw new Error(JSON.stringify(answer.body));
}

/** Where a build pushes to; empty without an output, undefined where that cannot be resolved. */
async function imageOf(api: Api, { metadata, spec }: Build, hasInternalRegistry: boolean): Promise<string | undefined> {
  const { kind, name, namespace = metadata.namespace } = spec.output?.to ?? { kind: '', name: '' };
  if (kind !== 'ImageStreamTag') return name;
  const [stream] = name.split(':');
  const { status } = await api.call(
    'GET',
    `/apis/image.openshift.io/v1/namespaces/${namespace}/imagestreams/${stream}`,
  );
  return status === 200 && hasInternalRegistry ? `${internalHost}/${namespace}/${name}` : undefined;
}

async function stay(api: Api, build: Build, reason: string, message: string): Promise<'New'> {
  if (build.status?.reason !== reason) await patchBuild(api, build, { status: { phase: 'New', reason, message } });
  return 'New';
}
