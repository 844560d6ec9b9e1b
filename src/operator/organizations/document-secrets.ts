import { isDeepStrictEqual } from 'node:util';
import { documentSecretLabel } from '../../api/index.js';
import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';
import {
  createReflector,
  listPath,
  namespacedNameOf,
  type Queue,
  resourceName,
  resourceTypes,
} from '../../kube/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type Memory } from '../../converge/cache/observation-cache.js';

/** Hears at once when a Secret that documents may name comes, goes, or says or holds something else. */
export interface DocumentSecrets {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** One watch for all of them: only Secrets that an administrator labelled are in it, whatever documents name. */
export function createDocumentSecrets(
  { client, watches, settings }: Pick<Operator, 'client' | 'watches' | 'settings'>,
  { integrations, memory, queue }: { integrations: Integrations; memory: Memory; queue: Queue },
): DocumentSecrets {
  const reflector = createReflector<unknown>(client, {
    resource: resourceName(resourceTypes.secret),
    path: listPath(resourceTypes.secret, settings.namespace),
    labelSelector: `${documentSecretLabel}=true`,
    // Its content is read when it is needed, and never kept.
    light: true,
    keep: ({ metadata }) => objectOrEmpty(metadata).resourceVersion,
    same: isDeepStrictEqual,
  });
  const changed = (key: string): void => {
    const { name } = namespacedNameOf(key);
    for (const live of watches.organizations.list()) {
      if (!namesSecret(live.spec, name)) continue;
      const host = integrations.get(live.integration)?.host ?? '';
      // Whether the Secret may still be used is only asked where Quay is looked at.
      memory.of(host, live.organization).resyncDue = true;
      queue.add(live.name, 'refresh');
    }
  };
  return {
    start: () => {
      reflector.subscribe(changed);
      reflector.start();
    },
    stop: () => reflector.stop(),
  };
}

/** Whether a document names the Secret, read as far as that goes: what breaks the schema names nothing. */
function namesSecret(spec: Fields, secret: string): boolean {
  const isNamed = (holder: unknown, field: string): boolean =>
    textOf(objectOrEmpty(objectOrEmpty(holder)[field]).name) === secret;
  if (isNamed(spec.proxyCache, 'passwordSecretRef')) return true;
  return listOf(spec.repositories).some((repository) => {
    const { mirror, notifications } = objectOrEmpty(repository);
    return isNamed(mirror, 'passwordSecretRef') || listOf(notifications).some((one) => isNamed(one, 'urlSecretRef'));
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
