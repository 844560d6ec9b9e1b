import { type Check, failed } from '../integration/index.js';
import { type StateRepository } from '../git/index.js';
import { quayAddress, statePaths } from '../names/index.js';
import { type Inputs } from '../pipeline/inputs.js';
import { findRecord, recordPlaces } from './record-place.js';

const name = 'record of what was applied';

/** Whether the forge has a place for the record of an apply. */
export async function checkRecord({ integration, id }: Inputs, repository: StateRepository): Promise<Check> {
  const { metadata, spec } = integration;
  try {
    const { host } = quayAddress(spec.quayHostname);
    const places = recordPlaces(statePaths(id).cluster, metadata.name, host);
    const { at } = await findRecord({ repository, places, author: spec.git.author }, { ask: true });
    if (at === places.ref) return { name, outcome: 'ok', message: `can be kept in ${at}` };
    const branch = at.replace(/^refs\/heads\//, '');
    return { name, outcome: 'ok', message: `is kept in the branch ${branch}, as this forge takes only branches` };
  } catch (error) {
    return failed(name, error);
  }
}
