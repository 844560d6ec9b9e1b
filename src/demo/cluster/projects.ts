/** A namespace of the made-up cluster. */
export interface Project {
  readonly name: string;
  /** A namespace of the platform was made by nobody in particular. */
  readonly requester?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** OpenShift has not given it its security range yet. */
  readonly fresh?: boolean;
  /** Its deletion has begun. */
  readonly leaving?: boolean;
  /** Applications that are built in it; each has an image stream of its name. */
  readonly applications?: readonly string[];
}

const platform: readonly Project[] = [
  { name: 'default' },
  { name: 'kube-node-lease' },
  { name: 'kube-public' },
  { name: 'kube-system' },
  { name: 'openshift', labels: { 'kubernetes.io/metadata.name': 'openshift' } },
  { name: 'openshift-operators' },
  { name: 'openshift-image-registry', labels: { 'openshift.io/cluster-monitoring': 'true' } },
  { name: 'openshift-ingress', labels: { 'network.openshift.io/policy-group': 'ingress' } },
  { name: 'openshift-monitoring', labels: { 'openshift.io/cluster-monitoring': 'true' } },
];

const teams: readonly Project[] = [
  {
    name: 'data--lake',
    requester: 'noor',
    displayName: 'Data lake',
    labels: { team: 'insight' },
    applications: ['ingest', 'reports'],
  },
  {
    name: 'e2e-demo',
    requester: 'developer',
    displayName: 'Walkthrough',
    labels: { team: 'platform' },
    applications: ['httpd-example'],
  },
  { name: 'notebooks', requester: 'noor', labels: { team: 'insight' } },
  {
    name: 'payments',
    requester: 'ines',
    displayName: 'Payments',
    description: 'Cards, invoices and refunds',
    labels: { team: 'payments', 'pod-security.kubernetes.io/audit': 'restricted' },
    applications: ['gateway', 'ledger'],
  },
  {
    name: 'shop-backend',
    requester: 'tomas',
    displayName: 'Shop, services',
    labels: { team: 'shop' },
    applications: ['catalog', 'checkout', 'orders'],
  },
  {
    name: 'shop-frontend',
    requester: 'tomas',
    displayName: 'Shop, pages',
    labels: { team: 'shop' },
    applications: ['storefront'],
  },
  {
    name: 'spring-campaign',
    requester: 'tomas',
    displayName: 'Spring campaign',
    labels: { team: 'shop' },
    leaving: true,
    applications: ['landing-page'],
  },
  { name: 'workshop', requester: 'ines', displayName: 'Workshop', description: 'Made a moment ago', fresh: true },
];

/** Every namespace: what each OpenShift has, and the projects of a few teams. */
export const projects: readonly Project[] = [...platform, ...teams];
