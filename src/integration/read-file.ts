import { readAtMost } from '../files/read-at-most.js';
import { limits } from '../limits/index.js';
import { fileFault, type Reason, TerminalError } from '../errors/index.js';

/** The text of a small file, without space around it; one that cannot be read, or is empty, is an error with this code. */
export async function textOfFile(path: string, code: Reason): Promise<string> {
  let text: string;
  try {
    text = (await readNamedFile(path)).toString('utf8');
  } catch (error) {
    throw new TerminalError(code, `${path}: ${fileFault(error)}`, { hint: 'Check the path.' });
  }
  if (text.trim() === '') {
    throw new TerminalError(code, `${path} is empty`, {
      hint: 'Write into it what it is meant to hold, or name another file.',
    });
  }
  return text.trim();
}

/** The bytes of a file that somebody named; one that is too long is an error, without reading to its end. It may be a pipe. */
export async function readNamedFile(path: string): Promise<Buffer> {
  return readAtMost(path, limits.namedFileBytes);
}
