import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { crds } from '../../charts/parts/crds.js';
import { checkObject } from '../../src/api/index.js';
import { version } from '../../charts/version.js';
import { bundledInstall, bundledVersion, dist, filesIn, objectsIn, type Written } from './synthesized.js';

interface VersionSpec {
  readonly version: string;
  readonly description: string;
  readonly minKubeVersion: string;
  readonly icon: readonly { readonly base64data: string; readonly mediatype: string }[];
  readonly installModes: readonly { readonly type: string; readonly supported: boolean }[];
  readonly customresourcedefinitions: { readonly owned: readonly Owned[] };
  readonly webhookdefinitions: readonly { readonly deploymentName: string; readonly generateName: string }[];
  readonly relatedImages: readonly { readonly name: string; readonly image: string }[];
}

interface Owned {
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  readonly displayName: string;
  readonly description: string;
  readonly specDescriptors: readonly {
    readonly path: string;
    readonly displayName: string;
    readonly description: string;
  }[];
  readonly statusDescriptors: readonly { readonly path: string }[];
}

const bundle = join(dist, 'bundle');
const files = filesIn(bundle);
const manifests = Object.keys(files).filter((path) => path.startsWith('manifests/'));
const objects: readonly Written[] = manifests.flatMap((path) => objectsIn(join(bundle, path)));
const csv = bundledVersion();
const spec = csv.spec as VersionSpec;

describe('the bundle', () => {
  test('has one object in each file, of kinds that OLM takes', () => {
    for (const path of manifests) expect(objectsIn(join(bundle, path))).toHaveLength(1);
    const kinds = new Set(objects.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'ClusterServiceVersion',
      'CustomResourceDefinition',
      'PodDisruptionBudget',
      'Service',
    ]);
    for (const { kind, metadata } of objects) {
      if (kind !== 'ClusterServiceVersion') expect(metadata).not.toHaveProperty('namespace');
    }
  });

  test('says where its parts are, and says the same as labels of its image', () => {
    const { annotations } = parse(files['metadata/annotations.yaml'] ?? '') as { annotations: Record<string, string> };
    expect(annotations).toMatchObject({
      'operators.operatorframework.io.bundle.mediatype.v1': 'registry+v1',
      'operators.operatorframework.io.bundle.manifests.v1': 'manifests/',
      'operators.operatorframework.io.bundle.metadata.v1': 'metadata/',
      'operators.operatorframework.io.bundle.package.v1': 'quayside',
    });
    const channels = annotations['operators.operatorframework.io.bundle.channels.v1']?.split(',');
    expect(channels).toContain(annotations['operators.operatorframework.io.bundle.channel.default.v1']);
    for (const [name, value] of Object.entries(annotations)) {
      expect(files.Dockerfile).toContain(`LABEL ${name}="${value}"\n`);
    }
  });

  test('fits into what etcd and OLM can hold', () => {
    expect(Object.values(files).join('').length).toBeLessThan(1024 * 1024);
  });

  test('owns exactly the kinds that it brings', () => {
    const brought = objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ metadata }) => metadata.name);
    expect(spec.customresourcedefinitions.owned.map(({ name }) => name).sort()).toEqual(brought.sort());
    expect(brought).toEqual(crds.map(({ metadata }) => metadata.name).sort());
    for (const { displayName, description } of spec.customresourcedefinitions.owned) {
      expect(displayName).toMatch(/^[A-Z]/);
      expect(description).not.toBe('');
    }
  });

  test('describes fields that there are', () => {
    for (const { name, specDescriptors, statusDescriptors } of spec.customresourcedefinitions.owned) {
      const schema = crds.find(({ metadata }) => metadata.name === name)?.spec.versions[0].schema;
      const fields = (part: string): string[] =>
        Object.keys(schema?.openAPIV3Schema.properties?.[part]?.properties ?? {});
      expect(specDescriptors.map(({ path }) => path)).toEqual(fields('spec'));
      expect(statusDescriptors.map(({ path }) => path)).toEqual(fields('status'));
      for (const { description } of specDescriptors) expect(description).not.toBe('');
    }
  });

  test('has a valid example of each kind', () => {
    const examples = JSON.parse(csv.metadata.annotations?.['alm-examples'] ?? '') as Written[];
    const kindOf = ({ apiVersion, kind }: Written): string => `${apiVersion} ${kind}`;
    const owned = spec.customresourcedefinitions.owned.map(({ name, version: served, kind }) =>
      [name.slice(name.indexOf('.') + 1), '/', served, ' ', kind].join(''),
    );
    expect(examples.map(kindOf).sort()).toEqual(owned.sort());
    for (const example of examples) expect(checkObject(example)).toMatchObject({ ok: true });
  });

  test('names its version once, and the way up to it', () => {
    expect(csv.metadata.name).toBe(`quayside.v${version}`);
    expect(spec.version).toBe(version);
    expect(csv.metadata.annotations?.['olm.skipRange']).toBe(`>=0.0.1 <${version}`);
    expect(spec.minKubeVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('can only be installed for all namespaces', () => {
    expect(spec.installModes).toEqual([
      { type: 'OwnNamespace', supported: false },
      { type: 'SingleNamespace', supported: false },
      { type: 'MultiNamespace', supported: false },
      { type: 'AllNamespaces', supported: true },
    ]);
  });

  test('names every image that it runs', () => {
    const images = bundledInstall().deployments.flatMap(({ spec: { template } }) =>
      template.spec.containers.map(({ image }) => image),
    );
    expect(new Set(spec.relatedImages.map(({ image }) => image))).toEqual(new Set(images));
    expect(csv.metadata.annotations?.containerImage).toBe(images[0]);
  });

  test('has a webhook in front of one of its deployments, with the certificate that OLM makes for it', () => {
    const { deployments } = bundledInstall();
    for (const { deploymentName, generateName } of spec.webhookdefinitions) {
      const deployment = deployments.find(({ name }) => name === deploymentName);
      const args = deployment?.spec.template.spec.containers[0]?.args;
      expect(args).toContain(`--certificate-secret=${deploymentName}-service-cert`);
      expect(generateName).toMatch(/^[a-z0-9.-]+$/);
    }
    expect(spec.webhookdefinitions).toHaveLength(1);
  });

  test('shows a picture of its own', () => {
    const [{ base64data = '', mediatype } = {}] = spec.icon;
    expect(mediatype).toBe('image/svg+xml');
    expect(Buffer.from(base64data, 'base64').toString()).toMatch(/^<svg .*<\/svg>$/);
  });

  test('warns of the predecessor, and lies under names that say what is inside', () => {
    expect(spec.description).toContain('Quay Bridge Operator');
    for (const path of manifests) expect(basename(path)).toMatch(/^[a-z0-9-]+\.yaml$/);
    expect(readFileSync(join(bundle, 'Dockerfile'), 'utf8')).toMatch(/^FROM scratch\n/);
  });
});
