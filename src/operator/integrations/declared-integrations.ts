import { type QuayIntegration } from '../../api/index.js';
import { type Fact } from '../../plan/index.js';
import { type Watches } from '../watches/watches.js';
import { findIntegration, readIntegration } from './read-integration.js';

/** The integrations as the objects of the cluster declare them, connected or not. */
export interface DeclaredIntegrations {
  readonly names: () => readonly string[];
  /** Whether the object is there. */
  readonly exists: (name: string) => Fact;
  /** The objects that can be read: the owner of a namespace depends on nothing else. */
  readonly readable: () => readonly QuayIntegration[];
  /** Whether these are all, so that a name that is not among them does not exist. */
  readonly areAllReadable: () => boolean;
}

/** Reads them from the watches of both kinds at each question. */
export function declaredIntegrations(
  watches: Pick<Watches, 'integrations' | 'predecessorIntegrations'>,
): DeclaredIntegrations {
  const { integrations, predecessorIntegrations } = watches;
  const isKnown = (): boolean => integrations.listing().known && predecessorIntegrations.listing().known;
  const names = (): readonly string[] => [...new Set([...integrations.keys(), ...predecessorIntegrations.keys()])];
  const readable = (): readonly QuayIntegration[] =>
    names().flatMap((name) => {
      const found = findIntegration(watches, name);
      const read = found && readIntegration(found);
      return read === undefined || 'failure' in read ? [] : [read.integration];
    });
  return {
    names,
    exists: (name) => {
      if (findIntegration(watches, name) !== undefined) return 'Yes';
      return isKnown() ? 'No' : 'Unknown';
    },
    readable,
    areAllReadable: () => isKnown() && readable().length === names().length,
  };
}
