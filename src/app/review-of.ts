import { credentialsRuleOf } from '../pipeline/credential-uses.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type OpenState } from '../pipeline/open-state-repository.js';
import { type ForgePlace } from '../pipeline/forge-access.js';
import { type OpenReview, openReview } from '../pipeline/proposer.js';
import { type Configuration } from '../process/configuration.js';

/** A state repository as a command line has opened it. */
interface Opened {
  readonly state: OpenState;
  readonly configuration: Configuration;
}

/** The way to the forge of the state repository; undefined where there is no remote. */
export function forgePlaceOf(
  inputs: Inputs,
  options: InputOptions,
  { state: { remote }, configuration }: Opened,
): ForgePlace | undefined {
  if (remote === undefined) return undefined;
  return {
    inputs,
    location: remote.location,
    git: remote.access,
    rule: () => credentialsRuleOf(inputs.cluster, options),
    configuration,
    environment: configuration.environment,
  };
}

/** The review that an integration asks for at a command line; undefined where it asks for none, or there is no remote. */
export function reviewOf(
  inputs: Inputs,
  options: InputOptions & { readonly again?: boolean },
  opened: Opened,
): OpenReview | undefined {
  const place = forgePlaceOf(inputs, options, opened);
  if (place === undefined) return undefined;
  return openReview({ ...place, inputs, repository: opened.state.repository, released: options.again === true });
}
