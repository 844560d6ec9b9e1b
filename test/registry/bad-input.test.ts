import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkRegistryFaults } from '../../src/app/registry/check-registry.js';
import { type RegistryOptions } from '../../src/app/registry/open-registry.js';

const host = 'SERVER_HOSTNAME: quay.example.com\n';
const s3 = `DISTRIBUTED_STORAGE_CONFIG:
  default: [S3Storage, {s3_bucket: b, s3_region: r, storage_path: /p}]
DISTRIBUTED_STORAGE_PREFERENCE: [default]
DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: [default]
`;
const ingress = '{access: {termination: edge, ingress: {}}}';

/** What is wrong with a registry, in files as people have them. */
interface Bad {
  readonly name?: string;
  /** Which registry is meant, where there are several. */
  readonly wanted?: string;
  readonly spec?: string;
  readonly components?: string;
  readonly options?: string;
  /** The whole file of the registry, in place of one made of the above. */
  readonly registry?: string;
  /** Behind the registry. */
  readonly more?: string;
  readonly config?: string;
  readonly bundle?: Readonly<Record<string, string>> | 'none';
  readonly facts?: string;
  readonly offers?: 'kubernetes';
}

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-bad-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function checked(bad: Bad) {
  const at = join(folder, String((count += 1)));
  const write = async (path: string, text: string): Promise<string> => {
    await mkdir(dirname(join(at, path)), { recursive: true });
    await writeFile(join(at, path), text);
    return join(at, path);
  };
  const { name = 'registry', components = '[]', config = host, more = '' } = bad;
  const spec = bad.spec ?? `{configBundleSecret: registry-bundle, components: ${components}}`;
  const registry =
    bad.registry ??
    `apiVersion: quay.redhat.com/v1\nkind: QuayRegistry\nmetadata: {name: ${name}, namespace: quay}\nspec: ${spec}\n`;
  const options =
    bad.options === undefined
      ? ''
      : `---\napiVersion: quayside.dev/v1alpha1\nkind: QuayRegistryOptions\nmetadata: {name: ${name}, namespace: quay}\nspec: ${bad.options}\n`;
  const file = await write('registry.yaml', `${registry}${options}${more}`);
  for (const [key, text] of Object.entries(bad.bundle === 'none' ? {} : { 'config.yaml': config, ...bad.bundle })) {
    await write(`bundle/${key}`, text);
  }
  const given: RegistryOptions = {
    file: [file],
    ...(bad.wanted !== undefined && { name: bad.wanted }),
    ...(bad.bundle !== 'none' && { bundle: join(at, 'bundle') }),
    ...(bad.facts === undefined
      ? { offers: bad.offers ?? 'openshift' }
      : { facts: await write('facts.yaml', bad.facts) }),
  };
  const { faults, ...counts } = await checkRegistryFaults(given, {});
  for (const fault of faults) {
    expect(fault).toMatchObject({ object: expect.stringMatching(/./), path: expect.any(String) });
    expect(fault.hint).toMatch(/^[A-Z]/);
  }
  return { ...counts, faults };
}

async function faultsOf(bad: Bad): Promise<readonly string[]> {
  const { faults } = await checked(bad);
  const text = faults.map(({ severity, object, path, message }) => {
    return [severity === 'warning' ? 'warning ' : '', object, path === '' ? '' : ` ${path}`, `: ${message}`].join('');
  });
  return text.map((one) => one.replaceAll(`${folder}/${count}/`, ''));
}

const bundle = 'Secret/registry-bundle';
const registry = 'QuayRegistry/registry';
const options = 'QuayRegistryOptions/registry';
const managed = (kind: string, more = ''): string => `{kind: ${kind}, managed: true${more}}`;

const quoted = (key: string): readonly (readonly [string, Bad, readonly unknown[]])[] =>
  (
    [
      ['https://quay.example.com', 'has the scheme https://'],
      ['quay.example.com/path', 'has a path'],
      ['quay.example.com:99999', 'is no host'],
      ['5', 'must be text, not 5'],
      ['[quay.example.com]', 'must be text, not a list'],
      ['{host: quay.example.com}', 'must be text, not a mapping'],
      ['true', 'must be text, not true'],
    ] as const
  ).map(([value, message]) => [
    `${key} that is ${value}`,
    { config: `${key === 'SERVER_HOSTNAME' ? '' : host}${key}: ${value}\n` },
    [`${bundle} ${key}: ${message}`],
  ]);

const image = (name: string, message: string): readonly [string, Bad, readonly unknown[]] => [
  `an image that is ${JSON.stringify(name.slice(0, 40))}`,
  { options: `{images: {quay: '${name}'}}` },
  [`${options} spec.images.quay: ${message}`],
];

describe('bad input is a fault with object, path and hint:', () => {
  test.each<readonly [string, Bad, readonly unknown[]]>([
    ['a bundle that is not there', { bundle: 'none' }, [`${bundle}: does not exist`]],
    [
      'a configuration that is empty',
      { config: '' },
      [expect.stringContaining('SERVER_HOSTNAME'), `${bundle}: is empty`],
    ],
    ['a configuration that is a list', { config: '- a\n' }, [`${bundle}: is no mapping`]],
    ['a configuration that is text', { config: 'hello\n' }, [`${bundle}: is no mapping`]],
    [
      'a configuration that is no YAML',
      { config: 'a: [1,\n' },
      [expect.stringMatching(/^Secret\/registry-bundle: is not YAML/)],
    ],
    ['a key that stands twice', { config: `${host}${host}` }, [`${bundle} SERVER_HOSTNAME: stands twice`]],
    [
      'a configuration of 5 MB',
      { config: `${host}A: ${'x'.repeat(5_000_000)}` },
      [
        `${bundle}: is 5000037 bytes long; a Secret holds at most 1048576`,
        `${bundle}: would hold 5000037 bytes; the API server takes at most 1048576`,
      ],
    ],
    [
      'files of over 1 MiB together',
      { bundle: { a: 'x'.repeat(600_000), b: 'x'.repeat(600_000) } },
      [`${bundle}: would hold 1200034 bytes; the API server takes at most 1048576`],
    ],
    [
      'a configuration that is over 1 MiB with what is merged into it',
      { config: `${host}REGISTRY_TITLE: ${'x'.repeat(1024 * 1024 - 100)}` },
      [expect.stringMatching(/registry-bundle: would hold 10\d+ bytes/)],
    ],
    ...quoted('SERVER_HOSTNAME'),
    ...quoted('BUILDMAN_HOSTNAME'),
    [
      'half of a certificate and its key',
      { components: '[{kind: tls, managed: false}]', bundle: { 'ssl.cert': 'x' } },
      [`${bundle} ssl.key: is missing beside ssl.cert`],
    ],
    [
      'a certificate and a key that are none',
      { components: '[{kind: tls, managed: false}]', bundle: { 'ssl.cert': 'x', 'ssl.key': 'y' } },
      [`${bundle} ssl.cert: holds no certificate`, `${bundle} ssl.key: is no private key`],
    ],
    [
      'a component twice',
      { components: `[${managed('clair')}, ${managed('mirror')}, {kind: clair, managed: false}]` },
      [`${registry} spec.components[2]: clair is listed already at spec.components[0]`],
    ],
    [
      'a volume that would shrink',
      {
        components: `[${managed('postgres', ', overrides: {volumeSize: 10Gi}')}]`,
        config: `${host}SECRET_KEY: a\nDATABASE_SECRET_KEY: b\n`,
        facts: facts('claims: {registry-quay-postgres-13: 50Gi}'),
      },
      [
        `${registry} spec.components[0].overrides.volumeSize: the claim registry-quay-postgres-13 has 50Gi, and a volume cannot shrink to 10Gi`,
        'Secret/registry-quay-registry-managed-secret-keys DB_URI: lacks DB_URI, and a database with data needs them',
      ],
    ],
    [
      'a volume of no size',
      { components: `[${managed('postgres', ', overrides: {volumeSize: 0}')}]` },
      [`${registry} spec.components[0].overrides.volumeSize: 0 is no size of a volume`],
    ],
    ...(
      [
        ['a'.repeat(63), [expect.stringMatching(/makes the Job .* of 86 characters/)]],
        ['a'.repeat(64), [expect.stringMatching(/makes the Job .* of 87 characters/)]],
        ['with.dot', [expect.stringContaining('has a dot')]],
        ['under_score', [expect.stringContaining('has characters that the name of a Service cannot have')]],
        ['dash-', [expect.stringContaining('ends with a dash')]],
        ['5', ['QuayRegistry/unnamed metadata.name: must be text, not a number']],
        ['""', ['QuayRegistry/unnamed metadata.name: must not be empty']],
      ] as const
    ).map(([name, expected]): readonly [string, Bad, readonly unknown[]] => [`the name ${name}`, { name }, expected]),
    [
      'an unknown storage driver',
      { offers: 'kubernetes', options: ingress, config: `${host}${s3.replace('S3Storage', 'S3Storge')}` },
      [`${bundle} DISTRIBUTED_STORAGE_CONFIG.default[0]: S3Storge is no storage driver of Quay`],
    ],
    [
      'an unknown argument of a storage driver',
      { offers: 'kubernetes', options: ingress, config: `${host}${s3.replace('s3_region', 's3_regoin')}` },
      [
        `${bundle} DISTRIBUTED_STORAGE_CONFIG.default[1].s3_regoin: S3Storage has no such argument, and Quay would not start`,
      ],
    ],
    [
      'a location without an engine',
      {
        offers: 'kubernetes',
        options: ingress,
        config: `${host}${s3.replace('PREFERENCE: [default]', 'PREFERENCE: [eu]')}`,
      },
      [
        `${bundle} DISTRIBUTED_STORAGE_PREFERENCE[0]: names the location eu, which DISTRIBUTED_STORAGE_CONFIG does not have`,
      ],
    ],
    [
      'replication with LocalStorage',
      {
        offers: 'kubernetes',
        options: ingress,
        config: `${host}FEATURE_STORAGE_REPLICATION: true\n${s3.replace(/\[S3Storage.*\]/, '[LocalStorage, {storage_path: /p}]')}`,
      },
      [`${bundle} DISTRIBUTED_STORAGE_CONFIG.default[0]: LocalStorage cannot be replicated`],
    ],
    image('quay.io/a/b', 'has neither tag nor digest'),
    image('quay.io/A/b:1', 'is no name of an image'),
    image('quay.io/a@sha256:abc', 'has a digest that is none'),
    image('a@b@c', 'has a digest that is none'),
    image('a b:1', 'is no name of an image'),
    image('', 'must not be empty'),
    image('quay.io/a:', 'has a tag that is none'),
    image('https://quay.io/a:1', 'names a registry that is no host'),
    image(`quay.io/a:${'1'.repeat(200)}`, 'has a tag that is none'),
    [
      'two registries with one bundle',
      { wanted: 'registry', more: second('quay', 'registry-bundle') },
      [`warning ${registry} spec.configBundleSecret: is the bundle of the QuayRegistry quay/two as well`],
    ],
    [
      'two registries with one database',
      {
        wanted: 'registry',
        components: '[{kind: postgres, managed: false}]',
        config: `${host}${databaseUri('db.example.com')}`,
        more: second('other', 'bundle', databaseUri('DB.example.com:5432')),
      },
      [`warning ${registry} DB_URI: is the database of the QuayRegistry other/two as well`],
    ],
    [
      'two registries with one database by the name of its Service',
      {
        wanted: 'registry',
        components: '[{kind: postgres, managed: false}]',
        config: `${host}${databaseUri('db')}`,
        more: second('other', 'bundle', databaseUri('db.quay.svc.cluster.local')),
      },
      [`warning ${registry} DB_URI: is the database of the QuayRegistry other/two as well`],
    ],
    [
      'aliases that stand for more than they may',
      { config: `${host}${aliases()}` },
      [expect.stringContaining('its aliases stand for more than they may')],
    ],
    [
      'facts that are none',
      {
        facts: facts(
          'appsDomian: x\nipFamilies: [IPv5]\nclaims: {a: lots}\ndeployedImages: {quya: a}\nappsDomain: "a b"',
        ),
      },
      [
        'facts.yaml appsDomain: must be a domain',
        'facts.yaml ipFamilies[0]: must be one of IPv4, IPv6',
        'facts.yaml claims.a: must be a size such as 50Gi',
        'facts.yaml deployedImages.quya: unknown field',
        'facts.yaml appsDomian: unknown field',
      ],
    ],
    ['a file that is no YAML', { registry: 'a: [\n' }, [expect.stringMatching(/^registry.yaml: is not YAML/)]],
  ])('%s', async (_, bad, expected) => {
    expect(await faultsOf(bad)).toEqual(expected);
  });
});

test('Services of one name in two namespaces are two databases', async () => {
  const given = {
    wanted: 'registry',
    components: '[{kind: postgres, managed: false}]',
    config: `${host}${databaseUri('db')}`,
    more: second('other', 'bundle', databaseUri('db')),
  };
  expect(await faultsOf(given)).toEqual([]);
});

describe('beside what a schema refuses, everything else is checked:', () => {
  const misspelt = `warning ${bundle} FEATURE_MAILNG: is no key that Quay is known to read`;
  const config = `${host}FEATURE_MAILNG: true\n`;
  test.each<readonly [string, Bad, readonly unknown[]]>([
    [
      'a component that is managed or not',
      { components: '[{kind: clair, managed: maybe}]', config },
      [`${registry} spec.components[0].managed: must be true or false, not text`, misspelt],
    ],
    [
      'object storage of which nobody knows whose it is',
      { components: '[{kind: objectstorage, managed: maybe}]', config: `${host}${s3}` },
      [`${registry} spec.components[0].managed: must be true or false, not text`],
    ],
    [
      'object storage of which it is not said whether it is managed',
      {
        components: '[{kind: objectstorage}]',
        config: `${host}${s3.replace('S3Storage', 'S3Storge')}`,
        offers: 'kubernetes',
        options: ingress,
      },
      [`${registry} spec.components[0].managed: is required`],
    ],
    [
      'a component that does not exist, and one behind it',
      { components: `[{kind: storage, managed: true}, ${managed('redis', ', overrides: {replicas: 2}')}]`, config },
      [
        expect.stringContaining(`${registry} spec.components[0].kind: must be one of quay`),
        `${registry} spec.components[1].overrides.replicas: has no effect on redis`,
        misspelt,
      ],
    ],
    [
      'overrides, of which one is refused',
      { components: `[${managed('redis', ', overrides: {replicas: 2, foo: 1, volumeSize: lots}')}]` },
      [
        `${registry} spec.components[0].overrides.volumeSize: must be a quantity such as 50Gi, 500m or 2`,
        `${registry} spec.components[0].overrides.foo: unknown field`,
        `${registry} spec.components[0].overrides.replicas: has no effect on redis`,
      ],
    ],
    [
      'overrides of what is not managed',
      { components: '[{kind: clair, managed: false, overrides: {replicas: 1}}]', config },
      [`${registry} spec.components[0].overrides: cannot set overrides on unmanaged component`, misspelt],
    ],
    [
      'a secretRef without a name',
      { components: '[{kind: tls, managed: false, secretRef: {}}]', config },
      [`${registry} spec.components[0].secretRef: secretRef.name must not be empty`, misspelt],
    ],
    [
      'options with another word for access',
      { offers: 'kubernetes', options: '{acess: {termination: edge}, images: {quay: a b}}', config: `${config}${s3}` },
      [`${options} spec.acess: unknown field`, `${options} spec.images.quay: is no name of an image`, misspelt],
    ],
    [
      'options of which one field is refused',
      { options: '{upgrades: Never, images: {quay: a b}, access: {termination: egde}}' },
      [
        `${options} spec.access.termination: must be one of edge, passthrough, reencrypt`,
        `${options} spec.upgrades: must be one of Automatic, Manual`,
        `${options} spec.images.quay: is no name of an image`,
      ],
    ],
    [
      'a spec that is text',
      { spec: 'hello', config },
      [
        `${registry} spec: must be a mapping, not text`,
        `${registry} spec.configBundleSecret: is not set, so nothing says what the Secret of --bundle is called`,
        'warning Secret/registry-config-bundle FEATURE_MAILNG: is no key that Quay is known to read',
      ],
    ],
    [
      'a bundle whose name is a number',
      { spec: '{configBundleSecret: 5}', bundle: 'none' },
      [`${registry} spec.configBundleSecret: must be text, not a number`],
    ],
    [
      'a registry of another version',
      {
        registry:
          'apiVersion: quay.redhat.com/v2\nkind: QuayRegistry\nmetadata: {name: registry}\nspec: {configBundleSecret: registry-bundle}\n',
        config,
      },
      [`${registry} apiVersion: must be quay.redhat.com/v1, not "quay.redhat.com/v2"`, misspelt],
    ],
  ])('%s', async (_, bad, expected) => {
    expect(await faultsOf(bad)).toEqual(expected);
  });
});

function second(namespace: string, secret: string, config?: string): string {
  const object = (kind: string, name: string, more: string): string =>
    `---\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${more}\n`;
  const registry = object(
    'QuayRegistry',
    'two',
    `apiVersion: quay.redhat.com/v1\nspec: {configBundleSecret: ${secret}}`,
  );
  return config === undefined
    ? registry
    : `${registry}${object('Secret', secret, `stringData: {config.yaml: '${config.trim()}'}`)}`;
}

function databaseUri(at: string): string {
  return `DB_URI: ${['postgresql', `//quay:pw@${at}/quay`].join(':')}\n`;
}

function facts(more: string): string {
  return `apiVersion: quayside.dev/v1alpha1\nkind: ClusterFacts\napis: {route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: true}\nhasDashboardNamespace: true\n${more}\n`;
}

function aliases(): string {
  const levels = Array.from({ length: 8 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
  return `a0: &a0 [1]\n${levels.join('\n')}\n`;
}
