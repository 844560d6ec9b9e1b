import { type QuayIntegration } from '../../api/index.js';
import { type Failure } from '../../converge/index.js';
import { type StateRepository } from '../../git/index.js';
import { type ResourceType } from '../../kube/index.js';
import { type ClusterId } from '../../names/index.js';
import { type OpenReview } from '../../pipeline/proposer.js';
import { type Quay } from '../../quay/index.js';

/** An integration of the cluster that fits the schema, and how it can be used at the moment. */
export interface KnownIntegration {
  readonly integration: QuayIntegration;
  /** As what the cluster has it. */
  readonly type: ResourceType;
  readonly id: ClusterId;
  /** `host[:port]` of its Quay. */
  readonly host: string;
  readonly quay: Usable<Quay>;
  readonly repository: Usable<StateRepository>;
  /** What its changes wait for; absent where they wait for nothing. */
  readonly review?: OpenReview | undefined;
}

/** Something that can be used, or why it cannot. */
export type Usable<T> =
  { readonly value: T; readonly failure?: undefined } | { readonly value?: undefined; readonly failure: Failure };

/** Whether all that others go by is still the same. */
export function isSameIntegration(before: KnownIntegration | undefined, now: KnownIntegration): boolean {
  const words = ({ integration: { spec, metadata } }: KnownIntegration): string =>
    JSON.stringify([metadata.uid, metadata.generation, spec, metadata.annotations]);
  return (
    before !== undefined &&
    words(before) === words(now) &&
    before.quay.value === now.quay.value &&
    before.quay.failure?.code === now.quay.failure?.code &&
    before.repository.failure?.code === now.repository.failure?.code &&
    before.repository.value === now.repository.value &&
    before.review === now.review
  );
}

/** Whether something else says by which Secret it may connect, and does not say so yet. */
export function lacksCredentials({ quay, repository }: KnownIntegration): boolean {
  return [quay, repository].some(({ failure }) => failure?.code.startsWith('Credentials') === true);
}
