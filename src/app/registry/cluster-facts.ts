import { type Fields, objectAt, objectOrEmpty, textOf, textsOf } from '../../json/index.js';
import { type ApiServer, resourceState } from '../../kube/index.js';
import { type ClusterFacts, type Served } from '../../registry/index.js';
import { deployedFacts } from './deployed-facts.js';
import { readOne, readSome } from './live-objects.js';
import { otherRegistries, type ReadSecret } from './other-registries.js';
import { type RegistryPlace } from './registry-place.js';

/** What a live cluster offers, and what is found in it for one registry. Nothing is written. */
export async function clusterFacts(api: ApiServer, place: RegistryPlace): Promise<ClusterFacts> {
  const served = async (group: string, version: string, resource: string): Promise<Served> => {
    const { state } = await resourceState(api, { group, version, resource });
    return state === 'Unknown' ? undefined : state === 'Present';
  };
  const [route, objectBucketClaim, serviceMonitor, rule, openshiftConfig] = await Promise.all([
    served('route.openshift.io', 'v1', 'routes'),
    served('objectbucket.io', 'v1alpha1', 'objectbucketclaims'),
    served('monitoring.coreos.com', 'v1', 'servicemonitors'),
    served('monitoring.coreos.com', 'v1', 'prometheusrules'),
    served('config.openshift.io', 'v1', 'apiservers'),
  ]);
  const monitoring = serviceMonitor === false || rule === false ? false : serviceMonitor && rule;
  return {
    apis: { route, objectBucketClaim, monitoring, openshiftConfig },
    ...(await ofCluster(api, openshiftConfig)),
    ...(await ofRegistry(api, place)),
    ...(await deployedFacts(api, place)),
    now: new Date().toISOString(),
  };
}

const config = '/apis/config.openshift.io/v1';

async function ofCluster(api: ApiServer, openshift: Served): Promise<Omit<ClusterFacts, 'apis'>> {
  const dashboards = await readOne(api, 'namespaces', '/api/v1/namespaces/openshift-config-managed');
  const service = await readOne(api, 'services', '/api/v1/namespaces/default/services/kubernetes');
  const families = objectOrEmpty(service.object?.spec).ipFamilies;
  const base = {
    hasDashboardNamespace: dashboards.known ? dashboards.object !== undefined : undefined,
    ...(Array.isArray(families) && { ipFamilies: families as ('IPv4' | 'IPv6')[] }),
  };
  if (openshift !== true) return base;
  const [ingress, server, proxy, install] = await Promise.all([
    readOne(api, 'ingresses.config.openshift.io', `${config}/ingresses/cluster`),
    readOne(api, 'apiservers.config.openshift.io', `${config}/apiservers/cluster`),
    readOne(api, 'proxies.config.openshift.io', `${config}/proxies/cluster`),
    readOne(api, 'configmaps', '/api/v1/namespaces/kube-system/configmaps/cluster-config-v1'),
  ]);
  const appsDomain = textOf(objectOrEmpty(ingress.object?.spec).domain);
  const installed = textsOf(install.object?.data)['install-config'];
  return {
    ...base,
    ...(appsDomain !== undefined && { appsDomain }),
    ...(server.object && { tlsProfile: profileOf(server.object) }),
    ...(proxy.object && proxyOf(proxy.object)),
    ...(installed !== undefined && { fips: /^fips: true$/m.test(installed) }),
  };
}

function profileOf({ spec }: Fields): ClusterFacts['tlsProfile'] {
  const { type, custom } = objectOrEmpty(objectOrEmpty(spec).tlsSecurityProfile);
  const known = tlsProfiles.find((one) => one === type);
  // Quay's ciphers are those of Intermediate then, as they are without any profile.
  if (known === undefined) return null;
  const { ciphers, minTLSVersion } = objectOrEmpty(custom);
  const least = textOf(minTLSVersion);
  const listed = Array.isArray(ciphers) ? ciphers.filter((cipher) => typeof cipher === 'string') : undefined;
  if (known !== 'Custom' || (listed === undefined && least === undefined)) return { type: known };
  return {
    type: known,
    custom: { ...(listed && { ciphers: listed }), ...(least !== undefined && { minTLSVersion: least }) },
  };
}

const tlsProfiles = ['Old', 'Intermediate', 'Modern', 'Custom'] as const;

function proxyOf({ status }: Fields): Pick<ClusterFacts, 'proxy'> {
  const { httpProxy: http, httpsProxy: https, noProxy: no } = textsOf(status);
  if (http === undefined && https === undefined) return {};
  return {
    proxy: {
      ...(http !== undefined && { http }),
      ...(https !== undefined && { https }),
      ...(no !== undefined && { no }),
    },
  };
}

async function ofRegistry(api: ApiServer, { namespace, name }: RegistryPlace): Promise<Partial<ClusterFacts>> {
  const core = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const [bucketMap, bucketSecret, claims, registries] = await Promise.all([
    readOne(api, 'configmaps', `${core}/configmaps/${encodeURIComponent(name)}-quay-datastore`),
    readOne(api, 'secrets', `${core}/secrets/${encodeURIComponent(name)}-quay-datastore`),
    readSome(api, 'persistentvolumeclaims', `${core}/persistentvolumeclaims`, `quay-operator/quayregistry=${name}`),
    readSome(api, 'quayregistries.quay.redhat.com', '/apis/quay.redhat.com/v1/quayregistries'),
  ]);
  const bucket = bucketOf(textsOf(bucketMap.object?.data), textsOf(bucketSecret.object?.data));
  return {
    ...(bucket && { bucket }),
    // What could not be read is not absent: no key is made beside what may be there.
    ...(claims === undefined && { databaseLives: 'unknown' as const }),
    ...(claims && {
      claims: Object.fromEntries(claims.map((claim) => [nameIn(claim), storageOf(claim)])),
      databaseLives: claims.some(({ status }) => objectOrEmpty(status).phase === 'Bound'),
    }),
    ...(registries && { otherRegistries: await otherRegistries(registries, { namespace, name }, secretIn(api)) }),
  };
}

function bucketOf(
  map: Readonly<Record<string, string>>,
  secret: Readonly<Record<string, string>>,
): ClusterFacts['bucket'] {
  const decoded = (key: string): string => Buffer.from(secret[key] ?? '', 'base64').toString('utf8');
  const { BUCKET_HOST: host, BUCKET_NAME: name, BUCKET_PORT: port, BUCKET_REGION: region } = map;
  if (!host || !name || secret.AWS_ACCESS_KEY_ID === undefined) return undefined;
  return {
    host,
    name,
    ...(port && { port }),
    ...(region && { region }),
    accessKey: decoded('AWS_ACCESS_KEY_ID'),
    secretKey: decoded('AWS_SECRET_ACCESS_KEY'),
  };
}

const nameIn = ({ metadata }: Fields): string => textOf(objectOrEmpty(metadata).name) ?? '';

function storageOf({ spec }: Fields): string {
  return textOf(objectAt(objectAt(spec, 'resources'), 'requests').storage) ?? '';
}

/** Bundles of other registries, where they may be read. */
function secretIn(api: ApiServer): ReadSecret {
  return async (namespace, name) => {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
    const { object } = await readOne(api, 'secrets', path);
    return object && { data: textsOf(object.data) };
  };
}
