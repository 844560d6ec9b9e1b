import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileFault, InvalidInput } from '../../errors/index.js';
import { limits } from '../../limits/index.js';

/** Reads a file, or the standard input for `-`. Of one without an end it reads no more than the limit, and refuses it. */
export async function readAtMost(path: string, source = path): Promise<Buffer> {
  const most = limits.registryFileBytes;
  try {
    const stream = path === '-' ? standardInput() : await fileStream(path);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      // Leaving the loop ends the stream, and whoever writes into it.
      if (length > most) throw fault(source, `is longer than ${most} bytes`, 'Give only what belongs to the registry.');
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw fault(source, fileFault(error), 'Check the path.');
  }
}

function standardInput(): AsyncIterable<unknown> {
  if (process.stdin.isTTY) {
    throw fault('standard input', 'nothing is piped in', 'Pipe the objects in, or name their file.');
  }
  return process.stdin;
}

async function fileStream(path: string): Promise<AsyncIterable<unknown>> {
  const most = limits.registryFileBytes;
  if ((await stat(path)).size > most) {
    throw fault(path, `is longer than ${most} bytes`, 'Give only what belongs to the registry.');
  }
  return createReadStream(path);
}

function fault(source: string, message: string, hint: string): InvalidInput {
  return new InvalidInput([{ path: '', source, message, hint }]);
}
