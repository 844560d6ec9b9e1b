import { credentialsRuleOf } from '../pipeline/credential-uses.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type OpenState } from '../pipeline/open-state-repository.js';
import { type OpenReview, openReview } from '../pipeline/proposer.js';
import { type Configuration } from '../process/configuration.js';

/** The review that an integration asks for at a command line; undefined where it asks for none, or there is no remote. */
export function reviewOf(
  inputs: Inputs,
  options: InputOptions & { readonly again?: boolean },
  { state, configuration }: { readonly state: OpenState; readonly configuration: Configuration },
): OpenReview | undefined {
  const { remote, repository } = state;
  if (remote === undefined) return undefined;
  return openReview({
    inputs,
    repository,
    location: remote.location,
    git: remote.access,
    rule: () => credentialsRuleOf(inputs.cluster, options),
    configuration,
    environment: configuration.environment,
    released: options.again === true,
  });
}
