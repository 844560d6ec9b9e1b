import { type Manifest } from '../../../src/registry/index.js';

/** What the API server fills in where nothing is stated, by the end of the path. */
const defaults: readonly (readonly [path: RegExp, value: unknown])[] = [
  [/\.progressDeadlineSeconds$/, 600],
  [/\.revisionHistoryLimit$/, 10],
  [/\.(?:backoffLimit)$/, 6],
  [/\.(?:completions|parallelism)$/, 1],
  [/\.completionMode$/, 'NonIndexed'],
  [/\.podReplacementPolicy$/, 'TerminatingOrFailed'],
  [/\.(?:manualSelector|suspend)$/, false],
  [/\.terminationMessagePath$/, '/dev/termination-log'],
  [/\.terminationMessagePolicy$/, 'File'],
  [/\.dnsPolicy$/, 'ClusterFirst'],
  [/\.template\.spec\.restartPolicy$/, 'Always'],
  [/\.schedulerName$/, 'default-scheduler'],
  [/\.terminationGracePeriodSeconds$/, 30],
  [/\.defaultMode$/, 420],
  [/\.successThreshold$/, 1],
  [/Probe\.failureThreshold$/, 3],
  [/Probe\.timeoutSeconds$/, 1],
  [/Probe\.periodSeconds$/, 10],
  [/Probe\.httpGet\.scheme$/, 'HTTP'],
  [/\.fieldRef\.apiVersion$/, 'v1'],
  [/\.volumeMode$/, 'Filesystem'],
  [/\.spec\.type$/, 'ClusterIP'],
  [/\.internalTrafficPolicy$/, 'Cluster'],
  [/\.ipFamilyPolicy$/, 'SingleStack'],
  [/\.sessionAffinity$/, 'None'],
  [/\.imagePullPolicy$/, 'IfNotPresent'],
  [/\.imagePullPolicy$/, 'Always'],
  [/\.weight$/, null],
];

/** What the API server, or a controller of Kubernetes, states by itself. */
const foreign =
  /\.spec\.ipFamilies$|\.template\.spec\.serviceAccount$|\.metadata\.(?:ownerReferences|finalizers)$|\.labels\.(?:job-name|batch\.kubernetes\.io\/job-name)$|\.template\.metadata\.name$/;

const isDefault = (path: string, value: unknown): boolean =>
  foreign.test(path) ||
  defaults.some(([where, usual]) => where.test(path) && value === usual) ||
  (path.endsWith('.strategy') &&
    JSON.stringify(value) === '{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}');

/** An object without defaults, without empty parts, and with the names that Secrets have without the hash of their contents. */
export function normalized(manifest: Manifest): Manifest {
  return cleaned('', manifest) as Manifest;
}

function cleaned(path: string, value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/-<HASH>$/, '');
  if (Array.isArray(value)) return value.map((one) => cleaned(`${path}[]`, one));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    const below = `${path}.${key}`;
    if (isDefault(below, one)) return [];
    const inside = cleaned(below, one);
    return isEmpty(inside) ? [] : [[key, inside]];
  });
  return Object.fromEntries(kept);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
