import { address, repositoryAddress } from './transport/address.js';
import type { Call } from './transport/call.js';

type More = Partial<Pick<Call, 'body' | 'scope' | 'repeat' | 'slow'>>;

/** Builds the calls about one organization, with the scope that most of them need. */
export interface CallsIn {
  readonly name: string;
  /** `rest` follows the organization, its `{placeholders}` are filled from `values`. */
  readonly organization: (method: Call['method'], rest: string, values?: readonly string[], more?: More) => Call;
  /** The same below a repository; the repository comes first among the values. */
  readonly repository: (method: Call['method'], rest: string, values: readonly string[], more?: More) => Call;
}

/** The calls about this organization. */
export function callsIn(name: string): CallsIn {
  return {
    name,
    organization: (method, rest, values = [], more = {}) => ({
      method,
      organization: name,
      scope: 'org:admin',
      ...address(`organization/{organization}${rest}`, name, ...values),
      ...more,
    }),
    repository: (method, rest, [repository = '', ...values], more = {}) => ({
      method,
      organization: name,
      scope: 'repo:admin',
      ...repositoryAddress(name, repository, rest, ...values),
      ...more,
    }),
  };
}
