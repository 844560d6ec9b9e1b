import { type Notice, resourceTypes } from '../kube/index.js';

/** Which Secret a notice is about. */
interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
}

const { apiVersion, kind } = resourceTypes.secret;

/** Tells that a Secret of that name is not ours. */
export function conflictNotice(secret: Named, note: string): Notice {
  return { regarding: regarding(secret), type: 'Warning', reason: 'Conflict', action: 'WritePullSecret', note };
}

/** Tells that a pull secret was missing and is there again. */
export function repairNotice(secret: Named): Notice {
  const note = `The pull secret ${secret.name} was deleted; it has been written again.`;
  return {
    regarding: regarding(secret),
    type: 'Normal',
    reason: 'PullSecretRepaired',
    action: 'WritePullSecret',
    note,
  };
}

/** Tells that a pull secret has been removed along with its robot. */
export function removalNotice(secret: Named): Notice {
  const note = `No robot of the organization uses the pull secret ${secret.name} any more; it has been removed.`;
  return {
    regarding: regarding(secret),
    type: 'Normal',
    reason: 'PullSecretRemoved',
    action: 'RemovePullSecret',
    note,
  };
}

function regarding({ namespace, name, uid }: Named): Notice['regarding'] {
  return { apiVersion, kind, namespace, name, ...(uid !== undefined && { uid }) };
}
