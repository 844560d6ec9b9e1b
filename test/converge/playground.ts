import { quayIntegration, quayOrganization, type QuayIntegration, type QuayOrganization } from '../../src/api/index.js';
import {
  convergeOrganizations,
  convergeWithTokens,
  type ChangeSet,
  type Converged,
  type ConvergeInput,
} from '../../src/converge/index.js';
import type { Inventory } from '../../src/plan/index.js';
import { connectQuay, type Quay } from '../../src/quay/index.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '@quayside/simulator';

export const identity = { clusterUID: '3a0c', clusterID: 'openshift' };

export const integration = (spec: object = {}): QuayIntegration =>
  quayIntegration.parse({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'quay' },
    spec: {
      clusterID: 'openshift',
      credentialsSecret: { namespace: 'quayside', name: 'quay' },
      quayHostname: 'https://quay.example.com',
      ...spec,
    },
  });

/** A document as it is rendered: three robots with their roles, and repositories for image streams. */
export const document = (
  namespace: string,
  repositories: readonly string[] = [],
  spec: object = {},
): QuayOrganization =>
  quayOrganization.parse({
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: `openshift.${namespace}` },
    spec: {
      integration: 'quay',
      namespace,
      name: `openshift_${namespace}`,
      deletionPolicy: 'Delete',
      robots: [
        { name: 'builder', role: 'write' },
        { name: 'default', role: 'read' },
        { name: 'deployer', role: 'read' },
      ],
      repositories: repositories.map((name) => ({ name, source: 'ImageStream' })),
      ...spec,
    },
  });

/** A Quay, a client, the inventories that were kept, and a run with sensible defaults. */
export interface Playground {
  readonly simulator: Simulator;
  readonly quay: Quay;
  readonly inventories: Map<string, Inventory>;
  readonly converge: (documents: readonly QuayOrganization[], more?: Partial<ConvergeInput>) => Promise<ChangeSet>;
  readonly convergeWithTokens: (documents: readonly QuayOrganization[]) => Promise<Converged>;
  /** Writes to Quay since this was last asked, as `METHOD path`. */
  readonly writes: () => readonly string[];
  readonly reads: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openPlayground(options: SimulatorOptions = {}, credential = 'superuser'): Promise<Playground> {
  const simulator = await startSimulator(options);
  const token = simulator.credentials[credential] ?? '';
  const quay = connectQuay({ url: simulator.url, token: () => token, delay: () => Promise.resolve() });
  const inventories = new Map<string, Inventory>();
  const input = (documents: readonly QuayOrganization[], more: Partial<ConvergeInput> = {}): ConvergeInput => ({
    documents,
    quay,
    identity,
    integration: integration(),
    inventory: (organization) => inventories.get(organization),
    facts: {
      namespace: () => 'Live',
      imageStream: () => 'Yes',
      selectedByLists: () => 'Yes',
      selectedByLabels: () => 'Yes',
      integration: () => 'Yes',
    },
    deletions: {
      organizations: { limit: 10, recent: [], now: 0 },
      repositories: { limit: 10, recent: [], now: 0 },
    },
    ...more,
    options: { dryRun: false, roles: true, ...more.options },
  });
  const keep = ({ organizations }: ChangeSet): void => {
    for (const { organization, inventory } of organizations)
      if (inventory !== undefined) inventories.set(organization, inventory);
  };
  const take = (reading: boolean): readonly string[] =>
    simulator.requests
      .list()
      .filter(({ method }) => (method === 'GET') === reading)
      .map(({ method, path }) => `${method} ${path}`);
  return {
    simulator,
    quay,
    inventories,
    converge: async (documents, more) => {
      const changes = await convergeOrganizations(input(documents, more));
      keep(changes);
      return changes;
    },
    convergeWithTokens: async (documents) => {
      const converged = await convergeWithTokens(input(documents));
      keep(converged.changeSet);
      return converged;
    },
    writes: () => take(false),
    reads: () => take(true),
    close: async () => {
      await quay.close();
      await simulator.close();
    },
  };
}

/** The planned words of one organization. */
export function wordsOf(changes: ChangeSet, organization: string): readonly string[] {
  const result = changes.organizations.find((one) => one.organization === organization);
  return result?.plan?.changes.map(({ words }) => words) ?? [];
}
