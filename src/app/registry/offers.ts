import { type ClusterFacts } from '../../registry/index.js';

/** What a cluster of one sort offers, for who has none at hand. */
export const offers = {
  openshift: {
    apis: { route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: true },
    hasDashboardNamespace: true,
    tlsProfile: null,
  },
  kubernetes: {
    apis: { route: false, objectBucketClaim: false, monitoring: false, openshiftConfig: false },
    hasDashboardNamespace: false,
  },
} as const satisfies Readonly<Record<string, ClusterFacts>>;

/** A sort of cluster. */
export type Offer = keyof typeof offers;
