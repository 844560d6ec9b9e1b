import { type QuayOrganization } from '../api/index.js';
import { formatFile, type JsonObject } from '../state/index.js';
import { type Configuration } from '../process/configuration.js';
import { integrationPass } from '../pipeline/organization-pass.js';
import { type RenderedState } from '../pipeline/render-state.js';
import { openInputs, readCluster } from './open-inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { openState } from '../pipeline/open-state-repository.js';

/** The documents of a cluster, with the overlays of the state repository; nothing is written. */
export async function renderDocuments(options: InputOptions, configuration: Configuration): Promise<RenderedState> {
  const inputs = await openInputs(options, configuration);
  const state = await openState(inputs, options, { ...configuration, readOnly: true });
  try {
    const pass = await integrationPass(
      { inputs, known: await readCluster(inputs), repository: state.repository },
      true,
    );
    return pass.rendered.organizations;
  } finally {
    await state.close();
    await inputs.cluster.close();
  }
}

/** Documents as one YAML stream. */
export function asYaml(documents: readonly QuayOrganization[]): string {
  return documents.map((document) => `---\n${formatFile(plain(document))}`).join('');
}

/** A document read back lazily, or one with fields that are undefined, as the plain value it stands for. */
export function plain(document: QuayOrganization): JsonObject {
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}
