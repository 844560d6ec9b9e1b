import { type Fields, objectOrEmpty, objectsIn } from '../json/index.js';
import { type Readiness } from './traits.js';

type Rule = (status: Fields, spec: Fields, object: Fields) => Readiness;

/**
 * Whether an object has reached what its spec says, as kstatus computes it: by rules for the kinds that have some, else by
 * `observedGeneration` and the conditions `Reconciling`, `Stalled` and `Ready`. One without a status is there, and that is all.
 */
export function readinessOf(object: Fields): Readiness {
  const metadata = objectOrEmpty(object.metadata);
  if (metadata.deletionTimestamp !== undefined) return 'InProgress';
  const status = objectOrEmpty(object.status);
  const { observedGeneration } = status;
  if (typeof observedGeneration === 'number' && observedGeneration !== metadata.generation) return 'InProgress';
  const rule = rules[`${groupOf(object)}/${String(object.kind)}`] ?? byConditions;
  return rule(status, objectOrEmpty(object.spec), object);
}

function groupOf({ apiVersion }: Fields): string {
  return typeof apiVersion === 'string' && apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

const byConditions: Rule = (status) => {
  if (isTrue(status, 'Stalled')) return 'Failed';
  if (isTrue(status, 'Reconciling')) return 'InProgress';
  const ready = conditionOf(status, 'Ready');
  return ready === undefined || ready.status === 'True' ? 'Current' : 'InProgress';
};

const deployment: Rule = (status, spec) => {
  const progressing = conditionOf(status, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return 'Failed';
  const wanted = number(spec.replicas, 1);
  const isDone =
    typeof status.observedGeneration === 'number' &&
    number(status.updatedReplicas) >= wanted &&
    number(status.replicas) <= number(status.updatedReplicas) &&
    number(status.availableReplicas) >= wanted;
  return current(isDone);
};

const statefulSet: Rule = (status, spec) => {
  const wanted = number(spec.replicas, 1);
  const isOnDelete = objectOrEmpty(spec.updateStrategy).type === 'OnDelete';
  const isUpdated = isOnDelete || status.updateRevision === status.currentRevision;
  return current(typeof status.observedGeneration === 'number' && number(status.readyReplicas) >= wanted && isUpdated);
};

const daemonSet: Rule = (status) => {
  const wanted = number(status.desiredNumberScheduled, -1);
  const isUpdated = number(status.updatedNumberScheduled) >= wanted && number(status.numberAvailable) >= wanted;
  return current(wanted >= 0 && isUpdated);
};

const job: Rule = (status) => {
  if (isTrue(status, 'Failed')) return 'Failed';
  return current(isTrue(status, 'Complete'));
};

const rules: Readonly<Record<string, Rule>> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'batch/Job': job,
  // One of a class that waits for its first consumer is bound by the pod that needs it: whoever knows the class says so.
  '/PersistentVolumeClaim': ({ phase }) => (phase === 'Lost' ? 'Failed' : current(phase === 'Bound')),
  '/Pod': (status) =>
    status.phase === 'Failed' ? 'Failed' : current(status.phase === 'Succeeded' || isTrue(status, 'Ready')),
  '/Service': (status, { type }) =>
    current(type !== 'LoadBalancer' || objectsIn(objectOrEmpty(status.loadBalancer).ingress).length > 0),
  'apiextensions.k8s.io/CustomResourceDefinition': (status) =>
    isTrue(status, 'NamesAccepted') ? current(isTrue(status, 'Established')) : byNames(status),
};

function byNames(status: Fields): Readiness {
  return conditionOf(status, 'NamesAccepted')?.status === 'False' ? 'Failed' : 'InProgress';
}

function current(isCurrent: boolean): Readiness {
  return isCurrent ? 'Current' : 'InProgress';
}

function number(value: unknown, absent = 0): number {
  return typeof value === 'number' ? value : absent;
}

function conditionOf({ conditions }: Fields, type: string): Fields | undefined {
  return objectsIn(conditions).find((condition) => condition.type === type);
}

function isTrue(status: Fields, type: string): boolean {
  return conditionOf(status, type)?.status === 'True';
}
