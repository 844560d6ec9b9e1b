import { type Changes, nothing } from './standing.js';

/** Those who share a feed: what one learns is news for the others as well. */
export interface Readers {
  /** Takes in what was found, and gives a reader all that was found since it asked last. */
  readonly take: (reader: string, found: Changes) => Changes;
}

/** Nobody has asked, to begin with. Who asks for the first time knows nothing. */
export function createReaders(): Readers {
  const pending = new Map<string, Changes>();
  const first: Changes = { type: 'Everything', why: 'Beginning', spread: false };
  return {
    take: (reader, found) => {
      for (const [name, before] of pending) pending.set(name, together(before, found));
      const mine = pending.get(reader) ?? (found.type === 'Everything' ? found : first);
      pending.set(reader, nothing);
      return mine;
    },
  };
}

function together(before: Changes, more: Changes): Changes {
  if (before.type === 'Everything') return before;
  if (more.type === 'Everything') return more;
  return {
    type: 'Some',
    organizations: new Set([...before.organizations, ...more.organizations]),
    roles: new Set([...before.roles, ...more.roles]),
  };
}
