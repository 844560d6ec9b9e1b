import { parse } from 'yaml';
import * as z from 'zod';
import { checker } from '../../api/index.js';
import { InvalidInput } from '../../errors/index.js';
import { amountOf, type ClusterFacts, defaultImages, parseHost } from '../../registry/index.js';
import { readAtMost } from './read-at-most.js';

const served = z.boolean().nullable().optional();
const text = z.string().optional();
const domain = z.string().refine((value) => !('message' in parseHost(value)), { error: 'must be a domain' });
const size = z.string().refine((value) => amountOf(value) >= 0, { error: 'must be a size such as 50Gi' });
const image = z.string().min(1).optional();

/** The facts that a file may hold: no credentials, and nothing that belongs to one registry's Secrets. */
const factsFile = z.strictObject({
  apiVersion: z.literal('quayside.dev/v1alpha1'),
  kind: z.literal('ClusterFacts'),
  apis: z.strictObject({ route: served, objectBucketClaim: served, monitoring: served, openshiftConfig: served }),
  hasDashboardNamespace: served,
  appsDomain: domain.optional(),
  tlsProfile: z
    .strictObject({
      type: z.enum(['Old', 'Intermediate', 'Modern', 'Custom']).optional(),
      custom: z
        .strictObject({
          ciphers: z.array(z.string()).optional(),
          minTLSVersion: z.enum(['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13']).optional(),
        })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
  proxy: z.strictObject({ http: text, https: text, no: text }).optional(),
  ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])).optional(),
  fips: z.boolean().optional(),
  claims: z.record(z.string(), size).optional(),
  databaseLives: z.union([z.boolean(), z.literal('unknown')]).optional(),
  deployedImages: z
    .strictObject(Object.fromEntries(Object.keys(defaultImages).map((name) => [name, image])))
    .optional(),
  routerCertificate: text,
  otherRegistries: z
    .array(z.strictObject({ namespace: z.string(), name: z.string(), bundle: text, database: text }))
    .optional(),
  branding: z.enum(['projectquay', 'redhat']).optional(),
  skipResourceRequests: z.boolean().optional(),
});

const check = checker(factsFile);

/** Reads what `quayside registry facts` wrote. What it says is null could not be found out. */
export async function readFactsFile(source: string): Promise<ClusterFacts> {
  const checked = check(await contentOf(source));
  if (!checked.ok) {
    const hint = 'Make the file with quayside registry facts.';
    throw new InvalidInput(checked.problems.map((problem) => ({ hint, ...problem, source })));
  }
  const { apiVersion: _, kind: __, apis, hasDashboardNamespace, ...rest } = checked.value;
  const known = (value: boolean | null | undefined): boolean | undefined => value ?? undefined;
  const facts = {
    ...rest,
    apis: {
      route: known(apis.route),
      objectBucketClaim: known(apis.objectBucketClaim),
      monitoring: known(apis.monitoring),
      openshiftConfig: known(apis.openshiftConfig),
    },
    hasDashboardNamespace: known(hasDashboardNamespace),
  };
  return JSON.parse(JSON.stringify(facts)) as ClusterFacts;
}

async function contentOf(source: string): Promise<unknown> {
  const content = await readAtMost(source);
  try {
    return parse(content.toString('utf8')) as unknown;
  } catch {
    const hint = 'Make the file with quayside registry facts.';
    throw new InvalidInput([{ path: '', source, message: 'is not YAML', hint }]);
  }
}

// Each by name: what is added to the facts one day may be a secret.
const open = [
  'appsDomain',
  'tlsProfile',
  'ipFamilies',
  'fips',
  'claims',
  'databaseLives',
  'otherRegistries',
  'deployedImages',
  'routerCertificate',
  'branding',
  'skipResourceRequests',
] as const satisfies readonly (keyof ClusterFacts)[];

/** The facts of a cluster as a file: without credentials, and without what only one moment knows. */
export function factsDocument(facts: ClusterFacts): object {
  const { apis, hasDashboardNamespace, proxy } = facts;
  const stated = open.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]] as const);
  const served = (value: boolean | undefined): boolean | null => value ?? null;
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'ClusterFacts',
    ...Object.fromEntries(stated),
    apis: {
      route: served(apis.route),
      objectBucketClaim: served(apis.objectBucketClaim),
      monitoring: served(apis.monitoring),
      openshiftConfig: served(apis.openshiftConfig),
    },
    hasDashboardNamespace: served(hasDashboardNamespace),
    ...(proxy && { proxy: withoutLogin(proxy) }),
  };
}

/** The address of a proxy may have a password in it. */
function withoutLogin(proxy: NonNullable<ClusterFacts['proxy']>): object {
  return Object.fromEntries(
    Object.entries<string>({ ...proxy }).map(([key, value]) => [key, value.replace(/\/\/[^/@]*@/, '//')]),
  );
}
