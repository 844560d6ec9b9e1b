import { type QuayIntegration } from '../../api/index.js';
import { InvalidInput, QuaysideError } from '../../errors/index.js';
import { type Head } from '../../git/index.js';
import { clusterIdentity } from '../../pipeline/cluster-identity.js';
import { checkIdentity } from '../../publish/index.js';

/** Throws what is wrong with the file that says whose folder this is, as a fault of that file. */
export async function checkIdentityFile(
  head: Head | undefined,
  integration: QuayIntegration,
  uid: string,
): Promise<void> {
  const identity = clusterIdentity(integration, uid);
  try {
    await checkIdentity(head, identity);
  } catch (error) {
    if (!(error instanceof QuaysideError) || error instanceof InvalidInput) throw error;
    const message = error.message.replace(`${identity.path} `, '');
    const problem = { path: 'uid', source: identity.path, message, ...(error.hint && { hint: error.hint }) };
    throw new InvalidInput([problem], 'StateInvalid');
  }
}
