import type { IntegrationFacts, OrganizationFacts, RobotFacts, Situation } from '../../src/builds/index.js';

/** A Build with the given output, and whatever else. */
export function buildTo(to: unknown, more: { spec?: object; output?: object; metadata?: object } = {}): object {
  return {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { name: 'httpd-1', namespace: 'shop', ...more.metadata },
    spec: {
      serviceAccount: 'builder',
      source: { type: 'Git', git: { uri: 'https://git.example.test/httpd.git' } },
      strategy: {
        type: 'Source',
        sourceStrategy: { from: { kind: 'DockerImage', name: 'registry.example.test/s2i' } },
      },
      output: { to, ...more.output },
      ...more.spec,
    },
  };
}

/** The same to an image stream tag. */
export function build(name = 'httpd:2.4', more: Parameters<typeof buildTo>[1] = {}): object {
  return buildTo({ kind: 'ImageStreamTag', name }, more);
}

export const builder: RobotFacts = {
  name: 'builder',
  secret: 'builder-quay-openshift',
  canPush: true,
  ready: true,
  linked: true,
};

export const robots = {
  builder,
  default: { ...builder, name: 'default', secret: 'default-quay-openshift', canPush: false },
} as const;

const notYet = { ready: false, linked: false };
const expected = {
  declared: false,
  exists: false,
  robots: new Map([
    ['builder', { ...robots.builder, ...notYet }],
    ['default', { ...robots.default, ...notYet }],
  ]),
} as const;

/** A namespace in which everything is there; parts of it can be different. */
export function situation(
  different: {
    integration?: Partial<IntegrationFacts> | undefined;
    organization?: Partial<OrganizationFacts>;
    robots?: Record<string, RobotFacts>;
    /** There is no object yet, and only what would be made is known. */
    without?: 'organization';
  } = {},
): Situation {
  const organization: OrganizationFacts = {
    name: 'openshift_shop',
    declared: true,
    exists: true,
    robots: new Map(Object.entries(different.robots ?? robots)),
    ...(different.without && expected),
    ...different.organization,
  };
  return {
    integration: {
      name: 'quay',
      suspended: false,
      ready: true,
      registry: { host: 'quay.example.test:8443' },
      unreviewed: true,
      ...different.integration,
    },
    organization,
  };
}
