import type { ArmedFault } from '../../proxy/fault.js';
import type { FaultProxy } from '../../proxy/fault-proxy.js';
import type { RequestMatch } from '../../proxy/match.js';

/** OpenShift's API servers on their way out and in again; the rest of the cluster's API answers on. */
export interface Outage {
  /** They are back, and do not know yet who anybody is. */
  readonly comes: () => void;
  readonly end: () => void;
}

const path = /^\/apis\/(build|image)\.openshift\.io\//;
const watches: RequestMatch = { path, watch: true };
const others: RequestMatch = { path, watch: false };
const anonymous = {
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason: 'Forbidden',
  code: 403,
  message:
    'builds.build.openshift.io is forbidden: User "system:anonymous" cannot list resource "builds" in API group "build.openshift.io" at the cluster scope',
};

/** Takes them away: what is asked gets 503, what is watched 500, and watches that are open end. */
export function outageOf({ arm, cut }: Pick<FaultProxy, 'arm' | 'cut'>): Outage {
  let faults: readonly ArmedFault[] = [
    arm(watches, { kind: 'answer', status: 500 }),
    arm(others, { kind: 'answer', status: 503, body: 'service unavailable' }),
  ];
  const end = (): void => faults.forEach((fault) => fault.lift());
  cut(watches);
  return {
    comes: () => {
      end();
      faults = [arm({ path }, { kind: 'answer', status: 403, body: anonymous })];
    },
    end,
  };
}
