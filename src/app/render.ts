import { type QuayOrganization } from '../api/index.js';
import { formatFile, type JsonObject } from '../state/index.js';
import { type Configuration } from '../process/configuration.js';
import { publishState } from '../pipeline/publish-documents.js';
import { type RenderedState } from '../pipeline/render-state.js';
import { openEnds, readCluster } from './open-inputs.js';
import { type RoadOptions } from '../pipeline/input-options.js';
import { openState } from '../pipeline/open-state-repository.js';

/** The documents that a cluster stands for, with the overlays of the state repository; nothing is written. */
export async function renderDocuments(options: RoadOptions, configuration: Configuration): Promise<RenderedState> {
  const ends = await openEnds(options);
  const state = await openState(ends, options, { ...configuration, readOnly: true });
  try {
    return (await publishState({ ends, known: await readCluster(ends), repository: state.repository }, true)).rendered;
  } finally {
    await state.close();
    await ends.cluster.close();
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
