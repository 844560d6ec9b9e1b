import { parse } from 'yaml';
import * as z from 'zod';
import { InvalidInput } from '../../errors/index.js';
import { type ClusterFacts } from '../../registry/index.js';
import { readAtMost } from './read-at-most.js';

const served = z.boolean().nullable().optional();
const text = z.string().optional();

/** The facts that a file may hold: no credentials, and nothing that belongs to one registry's Secrets. */
const factsFile = z.strictObject({
  apiVersion: z.literal('quayside.dev/v1alpha1'),
  kind: z.literal('ClusterFacts'),
  apis: z.strictObject({ route: served, objectBucketClaim: served, monitoring: served, openshiftConfig: served }),
  hasDashboardNamespace: served,
  appsDomain: text,
  tlsProfile: z
    .strictObject({
      type: text,
      custom: z
        .strictObject({ ciphers: z.array(z.string()).optional(), minTLSVersion: text })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
  proxy: z.strictObject({ http: text, https: text, no: text }).optional(),
  ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])).optional(),
  fips: z.boolean().optional(),
  claims: z.record(z.string(), z.string()).optional(),
  databaseLives: z.union([z.boolean(), z.literal('unknown')]).optional(),
  deployedImages: z.record(z.string(), z.string()).optional(),
  routerCertificate: text,
  otherRegistries: z
    .array(z.strictObject({ namespace: z.string(), name: z.string(), bundle: text, database: text }))
    .optional(),
  branding: z.enum(['projectquay', 'redhat']).optional(),
  skipResourceRequests: z.boolean().optional(),
});

/** Reads what `quayside registry facts` wrote. What it says is null could not be found out. */
export async function readFactsFile(source: string): Promise<ClusterFacts> {
  const parsed = factsFile.safeParse(await contentOf(source));
  if (!parsed.success) {
    throw new InvalidInput(
      parsed.error.issues.map(({ path, message }) => ({
        path: path.join('.'),
        source,
        message,
        hint: 'Make the file with quayside registry facts.',
      })),
    );
  }
  const { apiVersion: _, kind: __, apis, hasDashboardNamespace, ...rest } = parsed.data;
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
