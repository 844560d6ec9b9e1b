import { type QuayIntegration } from '../../api/index.js';
import { type Failure } from '../../converge/index.js';
import { type StateRepository } from '../../git/index.js';
import { type ResourceType } from '../../kube/index.js';
import { type ClusterId } from '../../names/index.js';
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
}

/** Something that can be used, or why it cannot. */
export type Usable<T> =
  { readonly value: T; readonly failure?: undefined } | { readonly value?: undefined; readonly failure: Failure };

/** An integration that cannot be used at all, and why. */
export interface FaultyIntegration {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly type: ResourceType;
  readonly failure: Failure;
}
