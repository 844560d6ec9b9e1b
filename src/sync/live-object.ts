import { type Fields } from '../json/index.js';

/** What the sync has to know of an object that is in the cluster. */
export interface LiveObject {
  readonly name: string;
  readonly uid: string;
  readonly deleting: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly spec: Fields;
}
