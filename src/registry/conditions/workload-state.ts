import { type DatabaseModel, type WorkloadModel } from '../model/workload.js';
import { type ObservedObjects } from './observed.js';
import { notReady, ready, type State, unread } from './state.js';

/** Whether a Deployment runs, or stands still because it was told to. */
export function workloadState(
  { name, replicas }: Pick<WorkloadModel, 'name' | 'replicas'>,
  observed: ObservedObjects,
): State {
  if (observed.deployments === undefined) return unread(`Deployment ${name}`);
  const found = observed.deployments[name];
  if (found === undefined) return notReady(`Deployment ${name} is not there`);
  if (!found.owned) return notReady(`Deployment ${name} belongs to somebody else`);
  if (replicas === 0) {
    return found.availableReplicas === 0
      ? ready(`Deployment ${name} is scaled down on purpose`)
      : notReady(`Deployment ${name} is being scaled down`);
  }
  if (found.availableReplicas > 0 && found.isAvailable) return ready(`Deployment ${name} is healthy`);
  const why = found.message === undefined ? '' : `: ${found.message}`;
  return notReady(`Deployment ${name} has no available pod${why}`);
}

/** The same for a database, and first of all whether it has its volume. */
export function databaseState(database: DatabaseModel, observed: ObservedObjects): State {
  const { name } = database.claim;
  if (observed.claims === undefined) return unread(`PersistentVolumeClaim ${name}`);
  const claim = observed.claims[name];
  const deployment = workloadState(database, observed);
  if (claim === undefined) return notReady(`PersistentVolumeClaim ${name} is not there`);
  if (claim.phase !== 'Pending' || deployment.status === 'True') return deployment;
  return claim.provisioningFailure === undefined
    ? notReady(`PersistentVolumeClaim ${name} is pending`, 'PVCPending')
    : notReady(`PersistentVolumeClaim ${name}: ${claim.provisioningFailure}`, 'PVCProvisioningFailed');
}
