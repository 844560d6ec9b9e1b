import { type BuilderOptions, type Quantity } from '../../api/index.js';
import { type Keys } from '../keys/keys.js';
import { type Context, isManaged } from '../settings/context.js';
import { type ConfigMapping, isMapping } from './value.js';

/** The build manager's settings for builds in pods; empty where the options ask for none. */
export function builderSettings(context: Context, keys: Keys, config: ConfigMapping): ConfigMapping {
  const { builders } = context.options;
  if (builders === undefined) return {};
  const manager: ConfigMapping = {
    ALLOWED_WORKER_COUNT: builders.allowedWorkers,
    ORCHESTRATOR_PREFIX: `buildman/${context.namespace}.${context.name}/`,
    ORCHESTRATOR: orchestrator(context, keys, config),
    EXECUTORS: [executor(context, builders)],
  };
  const { builder } = context.hostnames;
  return {
    FEATURE_BUILD_SUPPORT: true,
    BUILD_MANAGER: ['ephemeral', manager],
    ...(builder !== undefined && { BUILDMAN_HOSTNAME: `${builder}:443` }),
  };
}

/** The same Redis that has the logs of the builds. */
function orchestrator(context: Context, { redisPassword }: Keys, config: ConfigMapping): ConfigMapping {
  if (isManaged(context, 'redis')) {
    return { REDIS_HOST: context.names.redis, REDIS_PASSWORD: redisPassword ?? '', REDIS_SSL: false };
  }
  const logs = config['BUILDLOGS_REDIS'];
  if (!isMapping(logs)) return {};
  const { host = '', password = '', ssl = false } = logs;
  return { REDIS_HOST: host, REDIS_PASSWORD: password, REDIS_SSL: ssl };
}

function executor({ inputs, platform, release }: Context, builders: BuilderOptions): ConfigMapping {
  const { requests = {}, limits = {} } = builders.resources ?? {};
  const amount = (key: string, value: Quantity | undefined): ConfigMapping =>
    value === undefined ? {} : { [key]: String(value) };
  const authority = builders.authorityFile;
  return {
    EXECUTOR: 'kubernetesPodman',
    NAME: 'kubernetes',
    BUILDER_NAMESPACE: builders.namespace,
    BUILDER_CONTAINER_IMAGE: release.images.builder,
    SERVICE_ACCOUNT_NAME: builders.serviceAccount,
    SERVICE_ACCOUNT_TOKEN: inputs.facts.builderToken ?? '',
    K8S_API_SERVER: builders.apiServer,
    K8S_API_TLS_CA:
      authority === undefined
        ? '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'
        : `/conf/stack/extra_ca_certs/${authority}`,
    KUBERNETES_DISTRIBUTION: platform === 'OpenShift' ? 'openshift' : 'k8s',
    SETUP_TIME: 180,
    VOLUME_SIZE: builders.volumeSize,
    ...amount('CONTAINER_CPU_REQUEST', requests['cpu']),
    ...amount('CONTAINER_MEMORY_REQUEST', requests['memory']),
    ...amount('CONTAINER_CPU_LIMITS', limits['cpu']),
    ...amount('CONTAINER_MEMORY_LIMITS', limits['memory']),
    ...(builders.nodeSelector && {
      NODE_SELECTOR_LABEL_KEY: builders.nodeSelector.key,
      NODE_SELECTOR_LABEL_VALUE: builders.nodeSelector.value,
    }),
  };
}
