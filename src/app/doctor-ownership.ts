import { QuaysideError } from '../errors/index.js';
import { type Check, failed } from '../integration/index.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Configuration } from '../process/configuration.js';
import { signingOwnership } from './open-ownership.js';

const name = 'ownership key';

/** Whether there is a key to sign with; an apply may still be given one. */
export async function checkOwnershipKey(
  inputs: Pick<Inputs, 'cluster'>,
  options: InputOptions,
  configuration: Configuration,
): Promise<Check> {
  try {
    const { signer } = await signingOwnership(inputs, options, configuration);
    return { name, outcome: 'ok', message: `key ${signer?.keyID ?? ''} signs whose organizations are` };
  } catch (error) {
    if (!(error instanceof QuaysideError)) return failed(name, error);
    const { message, hint } = error;
    return { name, outcome: 'warning', message, ...(hint !== undefined && { hint }) };
  }
}
