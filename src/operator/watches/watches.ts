import { isDeepStrictEqual } from 'node:util';
import { type ImageStreamRecord, type NamespaceRecord, type Reason } from '../../api/index.js';
import { type Fields, objectOrEmpty } from '../../json/index.js';
import {
  type ApiWatch,
  createOptionalWatch,
  createReflector,
  imageStreamRecord,
  type KubeClient,
  listPath,
  namespaceRecord,
  type OptionalWatch,
  type Reflector,
  type ReflectorOptions,
  type ResourceType,
  resourceName,
  resourceTypes,
  watchApi,
} from '../../kube/index.js';
import {
  type AccountState,
  pullSecretWatch,
  type PullSecretState,
  serviceAccountWatch,
} from '../../pull-secrets/index.js';
import { isSameOrganization, type LiveOrganization, liveOrganization } from './live-organization.js';

/** A list that has not been read, and why. */
export interface Unfilled {
  readonly message: string;
  /** Set when a try has failed. */
  readonly code?: Reason;
}

/** All that the operator watches for as long as it leads. */
export interface Watches {
  readonly namespaces: Reflector<NamespaceRecord>;
  readonly imageStreams: OptionalWatch<ImageStreamRecord>;
  /** Whether there are Builds; following them is another's work. */
  readonly buildApi: ApiWatch;
  readonly integrations: OptionalWatch<Fields>;
  readonly predecessorIntegrations: OptionalWatch<Fields>;
  readonly organizations: OptionalWatch<LiveOrganization>;
  readonly pullSecrets: Reflector<PullSecretState>;
  readonly accounts: Reflector<AccountState>;
  readonly start: () => void;
  /** True once all are filled; false when they were stopped before. */
  readonly filled: () => Promise<boolean>;
  /** What has not been filled yet, and why. */
  readonly unfilled: () => readonly Unfilled[];
  /** Seconds since the server was last heard, by resource. */
  readonly ages: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

const whole = <T>(type: ResourceType, keep: (object: Fields) => T) => ({
  resource: resourceName(type),
  path: listPath(type),
  keep,
});
const integrationWatch = (type: ResourceType) => ({ ...whole<Fields>(type, (object) => object), same: hasSameIntent });
const apiOf = ({ apiVersion, plural }: ResourceType) => {
  const [group = '', version = 'v1'] = apiVersion.split('/');
  return { group, version, resource: plural };
};

/** Prepares the watches; nothing is asked before `start`. */
export function createWatches(client: KubeClient, options: ReflectorOptions & { onApiChange?: () => void }): Watches {
  const { namespace, imageStream, build, quayIntegration, predecessorIntegration, quayOrganization } = resourceTypes;
  const optional = <T>(type: ResourceType, request: Parameters<typeof createOptionalWatch<T>>[1]): OptionalWatch<T> =>
    createOptionalWatch(client, request, { ...options, absence: { shownBy: 'Discovery', api: apiOf(type) } });
  const namespaces = createReflector(
    client,
    { ...whole(namespace, namespaceRecord), light: true, same: isDeepStrictEqual },
    options,
  );
  const imageStreams = optional(imageStream, {
    ...whole(imageStream, imageStreamRecord),
    light: true,
    // Its status changes with every push, and says nothing that we want to know.
    same: (before, after) => isDeepStrictEqual(before.labels, after.labels),
  });
  const parts = {
    namespaces,
    imageStreams,
    integrations: optional<Fields>(quayIntegration, integrationWatch(quayIntegration)),
    predecessorIntegrations: optional<Fields>(predecessorIntegration, integrationWatch(predecessorIntegration)),
    organizations: optional(quayOrganization, {
      ...whole(quayOrganization, liveOrganization),
      same: isSameOrganization,
    }),
    pullSecrets: createReflector(client, pullSecretWatch, options),
    accounts: createReflector(client, serviceAccountWatch, options),
  };
  const buildApi = watchApi(client, apiOf(build), options.onApiChange && { onChange: options.onApiChange });
  const all = Object.values(parts);
  const unfilled = () =>
    all.flatMap((one) => {
      const listing = 'cache' in one ? one.cache.listing() : one.listing();
      if (listing.known) return [];
      const { reason, code } = listing;
      return [{ message: `${one.resource}: ${reason}`, ...(code !== undefined && { code }) }];
    });
  return {
    ...parts,
    buildApi,
    start: () => [...all, buildApi].forEach((one) => one.start()),
    filled: async () => {
      await buildApi.check();
      return (await Promise.all(all.map((one) => one.filled()))).every(Boolean);
    },
    unfilled,
    ages: () =>
      new Map(
        all.flatMap((one) => {
          const age = 'cache' in one ? one.cache.age() : one.age();
          return age === undefined ? [] : [[one.resource, age]];
        }),
      ),
    stop: async () => {
      await Promise.all([...all, buildApi].map((one) => one.stop()));
    },
  };
}

/** Whether two states of an object differ in nothing but the status, which is ours. */
function hasSameIntent(before: Fields, after: Fields): boolean {
  const [one, other] = [objectOrEmpty(before.metadata), objectOrEmpty(after.metadata)];
  return (
    one.uid === other.uid &&
    one.deletionTimestamp === other.deletionTimestamp &&
    isDeepStrictEqual(one.annotations, other.annotations) &&
    isDeepStrictEqual(before.spec, after.spec)
  );
}
