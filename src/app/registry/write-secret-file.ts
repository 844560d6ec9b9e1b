import { open, rename, rm } from 'node:fs/promises';
import { InvalidInput, toError } from '../../errors/index.js';

/** Writes a file that only its owner can read, whole or not at all; what was there before is replaced. */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  let made = false;
  try {
    // A file that somebody else made beforehand would keep his rights.
    const file = await open(fresh, 'wx', 0o600);
    made = true;
    try {
      await file.writeFile(content);
      // Nobody can make these keys again: they are on the disk before anything uses them.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    if (made) await rm(fresh, { force: true });
    const message = `cannot be written: ${toError(error).message}`;
    throw new InvalidInput([{ path: '', source: path, message, hint: 'Name a file in a folder that may be written.' }]);
  }
}
