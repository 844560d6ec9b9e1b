import { archivedRepository, TerminalError } from '../errors/index.js';
import { expiryWords, type Forge } from '../forge/index.js';
import { type Check, failed } from '../integration/index.js';
import { type ForgePlace } from '../pipeline/forge-access.js';
import { openForgeOf } from '../pipeline/proposer.js';

const name = 'forge';

/** Whether the forge takes pull requests, where the integration asks for review. Nothing is written. */
export async function checkForge(place: ForgePlace): Promise<readonly Check[]> {
  if (place.inputs.integration.spec.git.review === 'None') return [];
  try {
    const opened = await openForgeOf(place);
    try {
      return [await look(opened.forge), ...(await expiry(opened.forge))];
    } finally {
      await opened.close();
    }
  } catch (error) {
    return [failed(name, error)];
  }
}

async function look(forge: Forge): Promise<Check> {
  const { fullName, archived, mayPush = true } = await forge.repository();
  const what = `${fullName} on ${forge.description.split('/')[0] ?? ''}`;
  if (archived) {
    const { code, hint } = archivedRepository;
    return failed(name, new TerminalError(code, `${what} is archived`, { hint }));
  }
  if (!mayPush) {
    return failed(
      name,
      new TerminalError('ForgePermissionMissing', `the account of the token may not push to ${what}`, {
        hint: 'Give it the right to write contents, pull requests and commit statuses of this repository.',
      }),
    );
  }
  // Whether it may open requests shows when it opens the first.
  return { name, outcome: 'ok', message: `${what} (${forge.kind}) can be asked for pull requests` };
}

async function expiry(forge: Forge): Promise<readonly Check[]> {
  const words = expiryWords(await forge.tokenExpires(), Date.now());
  return words.map((message) => ({ name: 'token of the forge', outcome: 'warning', message }));
}
