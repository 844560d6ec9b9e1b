import { closeSync, createReadStream, openSync, readSync } from 'node:fs';

const tooLong = (most: number): Error => new Error(`it has more than ${most} bytes`);

/** The bytes of a file that somebody named, which may be a pipe; one with more than `most` is an error, and is not read to its end. */
export async function readAtMost(path: string, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { end: most })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
  }
  if (length > most) throw tooLong(most);
  return Buffer.concat(chunks);
}

/** The same without letting anything else happen meanwhile, for what is read before anything else can. */
export function readAtMostSync(path: string, most: number): Buffer {
  const bytes = Buffer.alloc(most + 1);
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length <= most; length += read)
      read = readSync(file, bytes, length, bytes.length - length, null);
    if (length > most) throw tooLong(most);
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
