import { type Configuration } from '../process/configuration.js';
import { integrationPass } from '../pipeline/organization-pass.js';
import { type RenderedState } from '../pipeline/render-state.js';
import { openInputs, readCluster } from './open-inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { openState } from '../pipeline/open-state-repository.js';
import { type Published } from '../publish/index.js';

export interface Difference {
  readonly rendered: RenderedState;
  readonly git: Published;
  /** The change of the files as unified text; empty when there is none. */
  readonly text: string;
}

/** What a commit would change in the state repository; nothing is asked of Quay and nothing is written. */
export async function diff(options: InputOptions, configuration: Configuration): Promise<Difference> {
  const inputs = await openInputs(options, configuration);
  const state = await openState(inputs, options, { ...configuration, readOnly: true });
  try {
    const { repository } = state;
    const { rendered, git } = await integrationPass({ inputs, known: await readCluster(inputs), repository }, true);
    const base = await repository.head({ fetch: false });
    const isChanged = git.change.writes.size + git.change.deletes.length > 0;
    return { rendered: rendered.organizations, git, text: isChanged ? await repository.diff(base, git.change) : '' };
  } finally {
    await state.close();
    await inputs.cluster.close();
  }
}
