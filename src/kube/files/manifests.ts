import { InvalidInput } from '../../errors/index.js';
import { objectOrEmpty } from '../../json/index.js';
import { contentOf } from './content.js';
import { jsonReader } from './json-reader.js';
import { manifestEvents, type ManifestSink } from './manifest-events.js';
import { type ManifestReader, type ReaderEvents, SyntaxFault } from './reader.js';
import { type Source, unreadable } from './source.js';
import { yamlReader } from './yaml-reader.js';

/** Reads one file to its end; whatever is wrong in it is an `InvalidInput` that names the place. */
export async function readManifests(source: Source, sink: ManifestSink): Promise<void> {
  const { item, document } = manifestEvents(source, sink);
  let documents = 0;
  const events: ReaderEvents = {
    item,
    document(value, items, position) {
      documents += 1;
      document(value, items, position);
    },
  };
  try {
    await readInto(source, events);
  } catch (error) {
    throw readError(source.name, error);
  }
  if (documents === 0 && source.found) return sink.passedOver(source.name);
  if (documents === 0) {
    const hint = 'Write the dump again: oc get ns,sa,is -A -o yaml.';
    throw new InvalidInput([{ path: '', source: source.name, message: 'is empty', hint }]);
  }
}

async function readInto(source: Source, events: ReaderEvents): Promise<void> {
  let reader: ManifestReader | undefined;
  let before: Buffer[] = [];
  for await (const chunk of contentOf(source.open())) {
    before.push(chunk);
    reader ??= readerFor(chunk, events);
    if (reader !== undefined) for (const part of before) reader.write(part);
    if (reader !== undefined) before = [];
  }
  reader?.end();
}

/** By the first character that is no white space: JSON begins with a bracket. */
function readerFor(chunk: Buffer, events: ReaderEvents): ManifestReader | undefined {
  const first = chunk.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  if (first === undefined) return undefined;
  return first === 0x7b || first === 0x5b ? jsonReader(events) : yamlReader(events);
}

function readError(source: string, error: unknown): Error {
  if (error instanceof InvalidInput) return error;
  if (error instanceof SyntaxFault) {
    const { message, position, hint } = error;
    return new InvalidInput([{ path: '', source, message, ...position, ...(hint !== undefined && { hint }) }]);
  }
  const { code } = objectOrEmpty(error);
  if (code === 'Z_BUF_ERROR') {
    const hint = 'Write the file again; a part of it is not used.';
    return new InvalidInput([{ path: '', source, message: 'ends inside the gzip stream: the file is cut off', hint }]);
  }
  if (typeof code === 'string' && code.startsWith('Z_')) {
    const hint = 'Write the file again.';
    return new InvalidInput([{ path: '', source, message: 'is damaged: gzip cannot unpack it', hint }]);
  }
  return unreadable(source, error);
}
