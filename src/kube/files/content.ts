import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';

/** The bytes of a file as UTF-8 without a byte order mark, unpacked when they are gzip, whatever the file is called. */
export async function* contentOf(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(raw);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* utf8(unpack(all));
  else yield* utf8(all);
}

async function* utf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, all } = await peek(bytes);
  const mark = byteOrderMark(head);
  if (mark === undefined) yield* all;
  else if (mark === 'utf-8') yield* without(all, 3);
  else yield* transcode(all, mark);
}

/** Windows' shell writes UTF-16 when the output of a command is sent into a file. */
function byteOrderMark(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

async function* without(bytes: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let skipped = false;
  for await (const chunk of bytes) {
    yield skipped ? chunk : chunk.subarray(length);
    skipped = true;
  }
}

async function* transcode(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* unpack(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Its failure destroys the stream, so the loop below throws it.
  pipeline(Readable.from(bytes), gunzip).catch(() => undefined);
  for await (const chunk of gunzip) yield chunk as Buffer;
}

/** The first bytes, at least three unless there are fewer, and everything, them included. */
async function peek(bytes: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 3) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, all: rejoin(head, iterator) };
}

async function* rejoin(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
