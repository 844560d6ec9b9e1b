import { StringDecoder } from 'node:string_decoder';

/** The lines of a stream, in batches as they arrive; what stands after the last line break is given at the end. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void> {
  const decoder = new StringDecoder('utf8');
  // Pieces are joined only when their line ends: a large object comes in hundreds of them.
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder
      .write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      .split('\n');
    pieces.push(first);
    if (others.length === 0) continue;
    const rest = others.pop() ?? '';
    yield [pieces.join(''), ...others].filter((line) => line !== '');
    pieces = [rest];
  }
  const last = pieces.join('') + decoder.end();
  if (last !== '') yield [last];
}
