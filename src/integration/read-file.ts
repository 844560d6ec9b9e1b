import { readFile } from 'node:fs/promises';
import { TerminalError } from '../errors/index.js';

/** The text of a small file, without space around it; one that cannot be read, or is empty, is an error with this code. */
export async function textOfFile(path: string, code: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new TerminalError(code, `cannot read ${path}`, { cause });
  }
  if (text.trim() === '') throw new TerminalError(code, `${path} is empty`);
  return text.trim();
}
