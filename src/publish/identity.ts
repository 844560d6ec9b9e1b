import { TerminalError } from '../errors/index.js';
import type { Head } from '../git/index.js';
import type { Identity } from './rendered.js';

/** Throws `ClusterChanged` when the folder belongs to another cluster, and when it is unknown whose it is. */
export async function checkIdentity(head: Head | undefined, identity: Identity | undefined): Promise<void> {
  if (head === undefined || identity === undefined) return;
  const { path, uid, previous } = identity;
  const entry = (await head.list(path)).find((candidate) => candidate.path === path);
  if (entry === undefined) return;
  const content = (await head.read([path])).get(path);
  const found = content === undefined ? undefined : identity.uidOf(content);
  if (found === undefined) {
    throw new TerminalError('StateInvalid', `${path} does not say which cluster this folder belongs to`, {
      hint: 'Restore the file from the history, or delete it when the folder belongs to this cluster.',
    });
  }
  if (found === uid || found === previous) return;
  throw new TerminalError('ClusterChanged', `${path} names the cluster ${found}, and this is ${uid}`, {
    hint: 'Two clusters must not write into one folder: choose another cluster ID or path, or say that this cluster replaces that one.',
  });
}
