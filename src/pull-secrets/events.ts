import { type EventInput, resourceTypes } from '../kube/index.js';

/** Which Secret an Event is about. */
interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
}

const { apiVersion, kind } = resourceTypes.secret;

/** The Event for a Secret of that name that is not ours. */
export function conflictEvent(secret: Named, note: string): EventInput {
  return { regarding: regarding(secret), type: 'Warning', reason: 'Conflict', action: 'WritePullSecret', note };
}

/** The Event for a pull secret that was created again. */
export function repairedEvent(secret: Named): EventInput {
  const note = `Created the pull secret ${secret.name} again after it was deleted.`;
  return {
    regarding: regarding(secret),
    type: 'Normal',
    reason: 'PullSecretRecreated',
    action: 'WritePullSecret',
    note,
  };
}

/** The Event for a pull secret that was removed with its robot. */
export function removedEvent(secret: Named): EventInput {
  const note = `Removed the pull secret ${secret.name}: no robot of the organization uses it.`;
  return {
    regarding: regarding(secret),
    type: 'Normal',
    reason: 'PullSecretRemoved',
    action: 'RemovePullSecret',
    note,
  };
}

function regarding({ namespace, name, uid }: Named): EventInput['regarding'] {
  return { apiVersion, kind, namespace, name, ...(uid !== undefined && { uid }) };
}
