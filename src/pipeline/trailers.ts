import { type Inputs } from './inputs.js';

/** The trailers of every commit that an integration makes, on the branch and on that of its proposals: by them its own are known. */
export function trailersOf({ id, integration }: Pick<Inputs, 'id' | 'integration'>): Readonly<Record<string, string>> {
  return { 'Quayside-Cluster': id, 'Quayside-Integration': integration.metadata.name };
}
