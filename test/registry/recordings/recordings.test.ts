import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { parse } from 'yaml';
import { quayRegistry } from '../../../src/api/registry/index.js';
import { registryManifests, secretManifests } from '../../../src/manifests/index.js';
import {
  type ClusterFacts,
  differences,
  type Manifest,
  modelRegistry,
  readBundle,
  refOf,
  type TlsSecret,
} from '../../../src/registry/index.js';
import { kubernetes, newRandomValues, openshift } from '../support/inputs.js';
import { knownDifferences } from './known-differences.js';
import { normalized } from './normalize.js';
import { readRecordings, type Recording } from './recording.js';

const folder = process.env.QUAY_OPERATOR_RECORDINGS ?? '';
const recordings = folder !== '' && existsSync(folder) ? readRecordings(folder) : [];
const hosts = ['quay.h5.example.test', 'builds.h5.example.test'];

interface Pair {
  readonly cert: string;
  readonly private: string;
}

async function pair(): Promise<Pair> {
  return generate([{ name: 'commonName', value: 'q' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) }],
  });
}

/** What stands in a recorded input, with certificates and a configuration of our own where its own were left out. */
function filled({ objects }: Recording, secret: Manifest, { cert, private: key }: Pair): Record<string, string> {
  // The user's configuration was left out where it is what came out of it.
  const effective = Object.entries(objects).find(([ref]) => ref.includes('-quay-config-secret'))?.[1] as
    { readonly data: Readonly<Record<string, object>> } | undefined;
  const {
    SSL_CIPHERS: _,
    SSL_PROTOCOLS: __,
    ...config
  } = (effective?.data['config.yaml'] ?? {}) as Record<string, unknown>;
  const own: Readonly<Record<string, string>> = {
    'ssl.cert': cert,
    'ssl.key': key,
    'tls.crt': cert,
    'tls.key': key,
    'config.yaml': JSON.stringify(config),
  };
  const data = secret.stringData as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(data).map(([name, text]) => [name, text.startsWith('omitted') ? (own[name] ?? text) : text]),
  );
}

async function rendered(recording: Recording): Promise<readonly Manifest[]> {
  const tls = await pair();
  const stated = recording.inputs.find(({ kind }) => kind === 'QuayRegistry');
  const { name, namespace } = recording.registry.metadata;
  const registry = quayRegistry.parse({ ...stated, metadata: { name, namespace } });
  const secretOf = (of: string | undefined) =>
    recording.inputs.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === of);
  const bundleName = registry.spec?.configBundleSecret;
  const bundle = secretOf(bundleName);
  const external = secretOf(registry.spec?.components?.find(({ kind }) => kind === 'tls')?.secretRef?.name);
  const { 'tls.crt': certificate = '', 'tls.key': key = '' } = external ? filled(recording, external, tls) : {};
  const tlsSecret: TlsSecret = { known: true, type: 'kubernetes.io/tls', certificate, key };
  const result = modelRegistry({
    registry,
    bundle:
      bundle === undefined || bundleName === undefined
        ? { config: {}, files: {}, faults: [] }
        : readBundle(bundleName, { stringData: filled(recording, bundle, tls) }),
    keys: { known: true },
    newRandomValues,
    facts: { ...factsOf(recording), ...(external && { tlsSecret }) },
  });
  expect(result.faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...(await registryManifests(result.model)), ...(await secretManifests(result.model, result.secrets))];
}

function factsOf({ objects, registry, name }: Recording): ClusterFacts {
  if (name.startsWith('kubernetes')) return kubernetes;
  const { data: map } = (objects[`ConfigMap/${registry.metadata.name}-quay-datastore`] ?? {}) as { data?: Fields };
  const { bucket: _, ...facts } = openshift;
  const made = { host: map?.BUCKET_HOST ?? '', name: map?.BUCKET_NAME ?? '', port: map?.BUCKET_PORT ?? '' };
  return {
    ...facts,
    appsDomain: 'apps.h5.example.test',
    tlsProfile: null,
    ...(map && { bucket: { ...made, accessKey: 'a', secretKey: 's' } }),
  };
}

type Fields = Readonly<Record<string, string>>;

/** Contents as text, and configurations as values: of ours as of the recording's. */
function readable(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const data = Object.entries((manifest.data ?? {}) as Fields).map(([key, text]) => {
    const decoded = Buffer.from(text, 'base64').toString('utf8');
    return [key, key === 'config.yaml' ? (parse(decoded) as unknown) : decoded];
  });
  return { ...manifest, data: Object.fromEntries(data) as unknown };
}

interface Difference {
  readonly object: string;
  readonly path: string;
  readonly ours: string;
  readonly theirs: string;
}

async function compare(recording: Recording): Promise<readonly Difference[]> {
  const { name, namespace } = recording.registry.metadata;
  const ref = (one: Manifest): string => refOf(one, namespace).replace(`${name}-`, '<r>-');
  const ours = new Map((await rendered(recording)).map((one) => [ref(one), normalized(readable(one))]));
  const theirs = new Map(Object.values(recording.objects).map((one) => [ref(normalized(one)), normalized(one)]));
  return [...new Set([...ours.keys(), ...theirs.keys()])].sort().flatMap((object): Difference[] => {
    const [own, other] = [ours.get(object), theirs.get(object)];
    if (own === undefined) return [{ object, path: '', ours: 'absent', theirs: 'there' }];
    if (other === undefined) return [{ object, path: '', ours: 'there', theirs: 'absent' }];
    return differences(own, other, true).map(({ path, from, to }) => ({
      object,
      path,
      ours: JSON.stringify(to) ?? 'absent',
      theirs: JSON.stringify(from) ?? 'absent',
    }));
  });
}

const isKnown = (difference: Difference): number =>
  knownDifferences.findIndex(
    ({ object, path, ours, theirs }) =>
      object.test(difference.object) &&
      path.test(difference.path) &&
      (ours?.test(difference.ours) ?? true) &&
      (theirs?.test(difference.theirs) ?? true),
  );

if (recordings.length === 0) {
  test.skip('K17 what the Quay Operator made is compared with (QUAY_OPERATOR_RECORDINGS names no folder with recordings)', () =>
    undefined);
} else {
  describe('what the Quay Operator made, as recorded', () => {
    const used = new Set<number>();

    test.each(recordings.map((recording) => [recording.name, recording] as const))(
      'K17 %s differs from it only on purpose',
      async (_, recording) => {
        const unknown = (await compare(recording)).filter((difference) => {
          const at = isKnown(difference);
          if (at >= 0) used.add(at);
          return at < 0;
        });
        expect(unknown.map(({ object, path, ours, theirs }) => `${object} ${path}: ${theirs} → ${ours}`)).toEqual([]);
      },
    );

    test('K17 every difference on the list is one of the recordings', () => {
      expect(knownDifferences.filter((_, at) => !used.has(at)).map(({ reason }) => reason)).toEqual([]);
    });
  });
}
