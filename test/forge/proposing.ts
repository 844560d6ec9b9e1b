import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandIn } from '@quayside/simulator/forge';
import { proposeState, type ProposeOptions, type ProposeResult } from '../../src/app/propose.js';
import { readConfiguration } from '../../src/process/configuration.js';
import { imageStream, list, namespace } from '../fixtures/dump.js';
import { integrationObject } from '../fixtures/integration.js';

/** The image streams of projects. */
export type Projects = Readonly<Record<string, readonly string[]>>;

export type Proposing = Partial<ProposeOptions> & {
  /** More of `spec.git`. */
  readonly git?: object;
};

/** Writes a dump of a cluster with these projects, and an integration of a repository on a forge. */
export function writeInputs(
  { gitUrl }: Pick<StandIn, 'gitUrl'>,
  folder: string,
  {
    projects,
    git,
    more = [],
  }: { readonly projects: Projects; readonly git: object; readonly more?: readonly object[] },
): { readonly cluster: string; readonly integration: string } {
  const items = Object.entries(projects).flatMap(([name, streams]) => [
    namespace(name, { annotations: { 'openshift.io/requester': 'ann' } }),
    ...streams.map((stream) => imageStream(name, stream)),
  ]);
  items.push(...(more as typeof items));
  const [cluster, integration] = [join(folder, 'cluster.json'), join(folder, 'integration.json')];
  writeFileSync(cluster, JSON.stringify(list(items)));
  const spec = {
    credentialsSecret: { namespace: 'quay', name: 'token' },
    quayHostname: 'quay.example.com',
    git: { url: gitUrl, ...git },
  };
  writeFileSync(integration, JSON.stringify(integrationObject(spec)));
  return { cluster, integration };
}

/** What a person's `quayside propose` does with a dump of a cluster. */
export function proposing(
  forge: Pick<StandIn, 'gitUrl' | 'token'>,
  folder: string,
  { review, projects, git = {}, ...options }: Proposing & { readonly review: string; readonly projects: Projects },
): Promise<ProposeResult> {
  const { cluster, integration } = writeInputs(forge, folder, { projects, git: { review, ...git } });
  const configuration = readConfiguration({
    PATH: process.env['PATH'],
    QUAYSIDE_CACHE: join(folder, 'cache'),
    QUAYSIDE_GIT_PASSWORD: forge.token,
  });
  const inputs = { cluster: [cluster], integration, namespace: 'quayside', clusterUid: 'uid-1' };
  return proposeState({ ...inputs, ...options }, configuration);
}
