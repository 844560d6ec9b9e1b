import { type Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { fileFault, InvalidInput } from '../../errors/index.js';

/**
 * Whether the file for the Secrets is there, so that its keys are taken again. Refused is what would lead them elsewhere (a link, a
 * pipe, the file of the manifests), and keys that another user could have put there.
 */
export async function secretFileExists(path: string, takesKeys: boolean): Promise<boolean> {
  const found = await statOf(path);
  if (found === undefined) return false;
  if (!found.isFile()) {
    const what = found.isSymbolicLink() ? 'is a link' : found.isDirectory() ? 'is a folder' : 'is no plain file';
    throw refused(path, what, 'Name a plain file, or one that does not exist yet.');
  }
  const { dev, ino } = await stat('/dev/stdout').catch(() => ({ dev: undefined, ino: undefined }));
  if (dev === found.dev && ino === found.ino) {
    throw refused(path, 'is where the manifests go', 'Name another file: they are never in one with Secrets.');
  }
  if (takesKeys && found.uid !== process.getuid?.()) {
    const hint = 'Name a file of your own; if you trust the keys in this one, give it with --keys.';
    throw refused(path, 'belongs to another user, who may know the keys in it', hint);
  }
  return true;
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    // A folder that is not there is told of when the file is written.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refused(path, fileFault(error), 'Check the path of --secrets-to.');
  }
}

/** Refuses a file that something is read from: what stands in it would be gone. Its keys alone may be read from it. */
export async function refuseInput(path: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const target = await statOf(path);
  if (target === undefined) return;
  for (const input of inputs) {
    const found = input === undefined || input === '-' ? undefined : await stat(input).catch(() => undefined);
    if (found?.dev !== target.dev || found.ino !== target.ino) continue;
    throw refused(path, 'is read as well, and would be replaced', 'Name another file for the Secrets.');
  }
}

function refused(source: string, message: string, hint: string): InvalidInput {
  return new InvalidInput([{ path: '', source, message, hint }]);
}
