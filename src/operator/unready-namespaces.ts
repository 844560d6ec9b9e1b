import { type NamespaceRecord } from '../api/index.js';
import { type Clock } from '../clock/index.js';
import { readiness } from '../desired/index.js';
import { type EventInput, resourceTypes } from '../kube/index.js';

/** Knows since when projects wait for OpenShift to set them up, and tells of those that wait for long. */
export interface UnreadyNamespaces {
  /** Looks at a namespace, or that there is none of the name any more; gives the milliseconds until it is to be looked at again. */
  readonly look: (name: string, namespace: NamespaceRecord | undefined) => number | undefined;
}

interface Parts {
  readonly clock: Clock;
  readonly recordEvent: (event: EventInput) => void;
  /** The integration that selects a namespace. */
  readonly ownerOf: (namespace: NamespaceRecord) => string | undefined;
}

/** OpenShift takes less than a second. */
const patience = 60_000;

/** No project waits, to begin with. */
export function createUnreadyNamespaces({ clock, recordEvent, ownerOf }: Parts): UnreadyNamespaces {
  const waiting = new Map<string, { readonly since: number; told: boolean }>();
  return {
    look: (name, namespace) => {
      const isWaiting = namespace !== undefined && !namespace.terminating && !readiness(namespace).selected;
      const owner = isWaiting ? ownerOf(namespace) : undefined;
      if (!isWaiting || owner === undefined) {
        waiting.delete(name);
        return undefined;
      }
      const entry = waiting.get(name) ?? { since: clock.now(), told: false };
      waiting.set(name, entry);
      const left = entry.since + patience - clock.now();
      if (entry.told || left > 0) return entry.told ? undefined : left;
      entry.told = true;
      recordEvent(waitsEvent(namespace, owner));
      return undefined;
    },
  };
}

function waitsEvent({ name, uid }: NamespaceRecord, integration: string): EventInput {
  const { apiVersion, kind } = resourceTypes.namespace;
  return {
    regarding: { apiVersion, kind, name, ...(uid !== undefined && { uid }) },
    type: 'Warning',
    reason: 'NamespaceNotReady',
    action: 'Render',
    note:
      `the project waits for more than a minute for OpenShift to set it up, so integration ${integration} makes no organization for it: ` +
      'the annotation openshift.io/sa.scc.mcs is missing. Check that kube-controller-manager (cluster-policy-controller) runs',
  };
}
