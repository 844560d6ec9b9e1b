import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { checkObject, parseOrganization, quayIntegration, quayIntegrationV1alpha1 } from '../../src/api/index.js';
import { customResourceDefinitions } from '../../src/api/crd/index.js';
import { checkRegistry, quayRegistryOptions } from '../../src/api/registry/index.js';
import { type Calls, callsTo } from '../control-plane/calls.js';
import type { SharedControlPlane } from '../control-plane/control-plane.js';
import { createWith } from '../control-plane/create.js';
import { installCrds } from '../control-plane/definitions.js';
import { eventually } from '../support/eventually.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { badObjects } from './crd/bad-objects.js';
import { badRegistries, largeRegistry, registry } from './crd/registries.js';
import {
  largeIntegration,
  largeOrganization,
  oldIntegration,
  smallIntegration,
  smallOrganization,
} from './crd/samples.js';

interface Kept {
  readonly metadata: { readonly name: string; readonly resourceVersion: string; readonly generation: number };
  readonly spec: unknown;
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

let controlPlane: SharedControlPlane;
beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  await installCrds(controlPlane);
});

const named = (object: object): object => ({ ...object, metadata: { name: `test-${randomUUID()}` } });

async function apply(object: object): Promise<Kept> {
  const [kept] = await controlPlane.edits.apply(object);
  return kept as Kept;
}

/** What the API server says to an object that it is to refuse. */
async function refusalOf(object: object): Promise<string> {
  const { call, close } = callsTo(controlPlane);
  const expectSuccess: Calls['expect'] = async <T>(...args: Parameters<typeof call>) => {
    const { status, body } = await call<T & { readonly message?: string }>(...args);
    if (status >= 300) throw new Error(body.message);
    return body;
  };
  const create = createWith({ expect: expectSuccess }, { strict: true });
  try {
    await create([object]);
    return 'it was accepted';
  } catch (error) {
    return (error as Error).message;
  } finally {
    close();
  }
}

describe.each(customResourceDefinitions().map((crd) => [crd.metadata.name, crd] as const))(
  'the CRD %s',
  (name, crd) => {
    test('is established, and structural', async () => {
      const { status } = (await controlPlane.edits.get<Kept>('customresourcedefinition', name)) ?? {};
      const conditions = status?.conditions ?? [];
      expect(conditions).toContainEqual(expect.objectContaining({ type: 'Established', status: 'True' }));
      expect(conditions).toContainEqual(expect.objectContaining({ type: 'NamesAccepted', status: 'True' }));
      expect(conditions.map(({ type }) => type)).not.toContain('NonStructuralSchema');
    });

    test('does not change when it is applied again', async () => {
      const before = await apply(crd);
      const after = await apply(crd);
      expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    });
  },
);

describe('the server fills in what the schema fills in', () => {
  test.each([
    ['a small organization', smallOrganization, parseOrganization(named(smallOrganization)).spec],
    ['a large organization', largeOrganization, parseOrganization(named(largeOrganization)).spec],
    ['a small integration', smallIntegration, quayIntegration.parse(named(smallIntegration)).spec],
    ['a large integration', largeIntegration, quayIntegration.parse(named(largeIntegration)).spec],
    ['an old integration', oldIntegration, quayIntegrationV1alpha1.parse(named(oldIntegration)).spec],
  ])('into %s', async (_, object, expected) => {
    expect((await apply(named(object))).spec).toEqual(expected);
  });
});

test('a document with every default stays as it is, and applied again changes nothing', async () => {
  const { apiVersion, kind, metadata, spec } = parseOrganization(named(largeOrganization));
  const first = await apply({ apiVersion, kind, metadata, spec });
  const second = await apply({ apiVersion, kind, metadata, spec });
  expect(second.spec).toEqual(spec);
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
});

describe('refused, with the field and the reason:', () => {
  test.each(badObjects)('%s', async (_, bad, words) => {
    const refusal = await refusalOf(named(bad));
    for (const word of words) expect(refusal).toContain(word);
    expect(checkObject(named(bad)).ok).toBe(false);
  });
});

describe('a registry', () => {
  test.each(badRegistries)('is refused for %s', async (_, bad, words) => {
    const refusal = await refusalOf(named(bad));
    for (const word of words) expect(refusal).toContain(word);
    expect(checkRegistry(named(bad)).ok).toBe(false);
  });

  test('K1 that was made for the Quay Operator is accepted, and stays as it is', async () => {
    const { spec } = largeRegistry as Kept;
    expect((await apply(named(largeRegistry))).spec).toEqual(spec);
    expect(checkRegistry(named(largeRegistry))).toMatchObject({ ok: true, value: { spec } });
  });

  test('K3 may leave the number of pods to somebody else', async () => {
    const { spec } = await apply(named(registry([{ kind: 'quay', managed: true, overrides: { replicas: null } }])));
    expect(JSON.stringify(spec)).toContain('"replicas":null');
  });

  test('K1 is shown with its version, its address and whether it is available', async () => {
    await apply(named(largeRegistry));
    const table = await controlPlane.kubectl(['get', 'quayregistries']);
    expect(table.split('\n')[0]?.trim().split(/ +/)).toEqual(['NAME', 'VERSION', 'ENDPOINT', 'AVAILABLE', 'AGE']);
  });

  test('has options whose defaults the server fills in', async () => {
    const options = {
      apiVersion: 'quayside.dev/v1alpha1',
      kind: 'QuayRegistryOptions',
      spec: { git: {}, prune: true },
    };
    const object = named({
      ...options,
      spec: { ...options.spec, builders: { namespace: 'b', tokenSecretRef: { name: 't' } } },
    });
    expect((await apply(object)).spec).toEqual(quayRegistryOptions.parse(object).spec);
  });
});

describe('kubectl get', () => {
  const header = async (args: readonly string[]): Promise<readonly string[]> => {
    const table = await controlPlane.kubectl(['get', ...args]);
    return (
      table
        .split('\n')[0]
        ?.split(/ {2,}/)
        .map((column) => column.trim()) ?? []
    );
  };

  test('shows what an organization is for and how it fares', async () => {
    await apply(named(largeOrganization));
    const columns = ['NAME', 'ORGANIZATION', 'NAMESPACE', 'REPOSITORIES', 'READY', 'REASON', 'AGE'];
    await eventually(async () => expect(await header(['quayorganizations'])).toEqual(columns));
    expect(await header(['qorg', '-o', 'wide'])).toEqual([...columns, 'INTEGRATION', 'ORIGIN', 'DRIFT', 'MESSAGE']);
  });

  test('shows the conditions of the status', async () => {
    const { metadata } = await apply(named(largeOrganization));
    const at = { observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z' };
    const ready = { type: 'Ready', status: 'False', reason: 'QuayUnreachable', message: 'no route', ...at };
    const status = JSON.stringify({ status: { origin: 'created', conditions: [ready] } });
    const patch = ['patch', 'qorg', metadata.name, '--subresource=status', '--type=merge', '-p', status];
    await controlPlane.kubectl(patch);
    const row = await controlPlane.kubectl(['get', 'qorg', metadata.name, '--no-headers', '-o', 'wide']);
    expect(row.split(/ {2,}/)).toEqual(
      expect.arrayContaining(['openshift_shop', 'shop', 'False', 'QuayUnreachable', 'quay', 'created']),
    );
  });

  test('shows an integration of either version', async () => {
    await apply(named(smallIntegration));
    await apply(named(oldIntegration));
    const columns = ['NAME', 'CLUSTER ID', 'QUAY', 'ORGANIZATIONS', 'SYNCED', 'READY', 'REASON', 'AGE'];
    expect(await header(['quayintegrations.quay.redhat.com'])).toEqual(columns);
    expect(await header(['quayintegrations.redhatcop.redhat.io'])).toEqual(columns);
  });
});
