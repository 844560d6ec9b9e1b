import { readFile } from 'node:fs/promises';
import { fileFault, type Reason, TerminalError } from '../errors/index.js';

/** The text of a small file, without space around it; one that cannot be read, or is empty, is an error with this code. */
export async function textOfFile(path: string, code: Reason): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
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
