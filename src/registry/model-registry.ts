import { accessModel } from './access/access.js';
import { networkPolicies } from './access/network-policies.js';
import { clairConfig } from './config/clair.js';
import { effectiveConfig } from './config/effective.js';
import { componentOrder } from './components/kinds.js';
import { keysOf, type KeyResult } from './keys/keys.js';
import { type RegistryInputs, type RegistryResult } from './inputs.js';
import { type RegistryModel } from './model.js';
import { secretContents } from './secrets/contents.js';
import { secretModels } from './secrets/secrets.js';
import { bucketClaim, pendingSecrets } from './settings/bucket-claim.js';
import { allFaults } from './settings/all-faults.js';
import { configMaps } from './settings/config-maps.js';
import { type Context, isManaged } from './settings/context.js';
import { decide } from './settings/decide.js';
import { edgesOf } from './settings/edges.js';
import { monitoringModel } from './settings/monitoring.js';
import { toldOnce } from './settings/told-once.js';
import { autoscalers } from './workloads/autoscalers.js';
import { clairModel } from './workloads/clair.js';
import { clairDatabaseModel, databaseModel } from './workloads/databases.js';
import { hostnameAnnotations, registryLabels } from './workloads/labels.js';
import { migrationModel, mirrorModel, quayModel } from './workloads/quay.js';
import { redisModel } from './workloads/redis.js';

/** A registry from its object, options, bundle, keys and the facts of its cluster: pure, and without exceptions. */
export function modelRegistry(inputs: RegistryInputs): RegistryResult {
  const { context, faults: first } = decide(inputs);
  const keyResult = keysFor(context);
  const quay = effectiveConfig(context, keyResult.keys);
  const clair = isManaged(context, 'clair') ? clairConfig(context, keyResult.keys) : undefined;
  const parts = partsOf(context, keyResult);
  const secrets = secretContents(context, keyResult, { quay, clair });
  const model: RegistryModel = {
    ...headOf(context),
    ...parts,
    access: accessModel(context),
    autoscalers: autoscalers(context),
    networkPolicies: networkPolicies(context),
    configMaps: configMaps(context),
    secrets: secretModels(secrets, context.names, parts),
    edges: edgesOf(parts),
  };
  return {
    model,
    secrets,
    config: { quay, ...(clair && { clair }) },
    pending: pendingSecrets(context),
    newKeys: keyResult.newKeys,
    faults: toldOnce([...first, ...allFaults({ context, keyResult, model, secrets, config: quay })], inputs.bundle),
  };
}

function keysFor(context: Context): KeyResult {
  const { inputs, names } = context;
  const { facts } = inputs;
  const managed = (kind: Parameters<typeof isManaged>[1]): boolean => isManaged(context, kind);
  return keysOf({
    config: inputs.bundle.config,
    stored: inputs.keys,
    random: inputs.newRandomValues,
    database: names.database,
    managed: {
      postgres: managed('postgres'),
      clairpostgres: managed('clairpostgres'),
      clair: managed('clair'),
      redis: managed('redis'),
    },
    databaseLives: Object.hasOwn(facts.claims ?? {}, names.databaseClaim) || (facts.databaseLives ?? false),
    liveConfig: facts.liveConfig,
  });
}

function partsOf(context: Context, { keys }: KeyResult) {
  const { mirror, clair, redis, postgres, clairpostgres, objectstorage } = context.components;
  const monitoring = monitoringModel(context);
  return {
    quay: quayModel(context),
    migration: migrationModel(context, keys.databaseUri),
    ...(mirror.managed && { mirror: mirrorModel(context) }),
    ...(clair.managed && { clair: clairModel(context) }),
    ...(redis.managed && { redis: redisModel(context, keys.redisPassword !== undefined) }),
    ...(postgres.managed && { postgres: databaseModel(context) }),
    ...(clairpostgres.managed && { clairPostgres: clairDatabaseModel(context) }),
    ...(objectstorage.managed && { objectStorage: bucketClaim(context) }),
    ...(monitoring && { monitoring }),
  };
}

function headOf(context: Context) {
  const { inputs, name, namespace, components, hostnames, platform, release, readOnly } = context;
  const { uid } = inputs.registry.metadata;
  const { secret, revision } = inputs.bundle;
  return {
    name,
    namespace,
    ...(uid !== undefined && { uid }),
    platform,
    version: release.version,
    readOnly,
    labels: registryLabels(context),
    annotations: hostnameAnnotations(context),
    components: componentOrder.map((kind) => components[kind]),
    hostnames,
    ...(secret !== undefined && { bundle: { secret, ...(revision !== undefined && { revision }) } }),
  };
}
