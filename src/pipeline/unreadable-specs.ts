import { type QuayOrganization } from '../api/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';

/** A document of the state repository and the file it stands in. */
export interface LocatedOrganization {
  readonly source: string;
  /** The id of its content, where it was read from Git. */
  readonly id?: string;
  readonly organization: QuayOrganization;
}

/** By file, what is wrong in the documents that begin as Quayside writes them and whose spec cannot be read. */
export function unreadableSpecs(documents: Iterable<LocatedOrganization>): ReadonlyMap<string, readonly Problem[]> {
  const faults = new Map<string, readonly Problem[]>();
  for (const { source, organization } of documents) {
    try {
      void organization.spec;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.set(source, error.problems);
    }
  }
  return faults;
}
