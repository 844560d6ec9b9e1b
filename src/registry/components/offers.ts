import { type ComponentKind } from '../../api/index.js';
import { type FaultReason } from '../faults.js';
import { type ClusterFacts, type Served } from '../inputs.js';

/** What a component needs of the cluster. */
export interface Need {
  readonly served: Served;
  /** What it is called: an API, or a namespace. */
  readonly what: string;
  readonly reason: FaultReason;
}

/** What a component cannot do without; undefined for those that run on every cluster. */
export function needOf(kind: ComponentKind, { apis }: ClusterFacts): Need | undefined {
  switch (kind) {
    case 'route':
      return { served: apis.route, what: 'the API route.openshift.io/v1', reason: 'RouteComponentDependencyError' };
    case 'tls':
      return { served: apis.route, what: 'the API route.openshift.io/v1', reason: 'RouteComponentDependencyError' };
    case 'objectstorage':
      return {
        served: apis.objectBucketClaim,
        what: 'the API objectbucket.io/v1alpha1',
        reason: 'ObjectStorageComponentDependencyError',
      };
    case 'monitoring':
      return {
        served: apis.monitoring,
        what: 'the API monitoring.coreos.com/v1',
        reason: 'MonitoringComponentDependencyError',
      };
    default:
      return undefined;
  }
}
