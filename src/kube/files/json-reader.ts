import { isUtf8 } from 'node:buffer';
import { isRecord } from '../fields.js';
import { jsonFaultAt } from './json-fault.js';
import { cutOff, longestObject, type ManifestReader, type Place, type ReaderEvents, SyntaxFault } from './reader.js';

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const brackets = { '{': 0x7b, '}': 0x7d, '[': 0x5b, ']': 0x5d } as const;
const none = -1;

/**
 * Reads JSON, one document or several one after the other, and cuts the elements of `items` out of it while it goes: what is
 * in memory at once is one element and the rest of the document, in which a 0 stands for each element.
 */
export function jsonReader(events: ReaderEvents): ManifestReader {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let frame = '';
  let documentPlace: Place = { line: 1 };
  /** The depth of the array whose elements are cut out. */
  let itemsDepth = none;
  let items = 0;
  let itemPlace: Place | undefined;
  let itemParts: Buffer[] = [];
  let itemLength = 0;
  /** Where in the chunk the part begins that is still to be kept. */
  let from = 0;

  const placeOf = (at: number): Place => ({ line, column: offset + at - lineStart + 1 });

  const keep = (chunk: Buffer, to: number): void => {
    if (itemPlace === undefined) frame += chunk.toString('latin1', from, to);
    else itemParts.push(chunk.subarray(from, to));
    itemLength += to - from;
    if (itemLength > longestObject)
      throw new SyntaxFault('an object is larger than 256 MiB', itemPlace ?? documentPlace);
    from = to;
  };

  const opened = (chunk: Buffer, at: number, byte: number): void => {
    if (itemPlace === undefined) {
      if (depth === 0) {
        [frame, from, documentPlace, itemLength, items] = ['', at, placeOf(at), 0, 0];
        itemsDepth = byte === brackets['['] ? 1 : none;
      } else if (depth === 1 && byte === brackets['[']) {
        keep(chunk, at);
        if (/[{,]\s*"items"\s*:\s*$/.test(frame.slice(-200))) itemsDepth = 2;
      } else if (depth === itemsDepth && byte === brackets['{']) {
        keep(chunk, at);
        [itemPlace, itemParts, itemLength] = [placeOf(at), [], 0];
      }
    }
    depth += 1;
  };

  const closed = (chunk: Buffer, at: number): void => {
    depth -= 1;
    if (itemPlace !== undefined && depth === itemsDepth) {
      keep(chunk, at + 1);
      const value = parse(itemParts.length === 1 ? itemParts[0] : Buffer.concat(itemParts), itemPlace);
      const place = itemPlace;
      [itemPlace, itemParts, itemLength] = [undefined, [], 0];
      // The line breaks stay, so that a fault further down is reported on its own line.
      frame += `0${'\n'.repeat(line - place.line)}`;
      items += 1;
      events.item(value, place);
    } else if (depth === itemsDepth - 1) {
      itemsDepth = none;
    }
    if (depth === 0) {
      keep(chunk, at + 1);
      events.document(
        withoutItems(parse(Buffer.from(frame, 'latin1'), documentPlace), items, documentPlace),
        items,
        documentPlace,
      );
      frame = '';
    }
  };

  /** Follows a string from `at`; gives the place of its last byte in this chunk. */
  const string = (chunk: Buffer, start: number): number => {
    for (let at = start; at < chunk.length; at += 1) {
      if (escaped) escaped = false;
      else if (chunk[at] === backslash) escaped = true;
      else if (chunk[at] === quote) {
        inString = false;
        return at;
      }
    }
    return chunk.length;
  };

  const outside = (chunk: Buffer, at: number, byte: number): void => {
    if (byte === newline) {
      line += 1;
      lineStart = offset + at + 1;
    } else if (depth === 0 && byte > 0x20 && byte !== brackets['{'] && byte !== brackets['[']) {
      throw new SyntaxFault('is not JSON: something stands outside of the object', placeOf(at));
    } else if (byte === quote) inString = true;
    else if (byte === brackets['{'] || byte === brackets['[']) opened(chunk, at, byte);
    else if (byte === brackets['}'] || byte === brackets[']']) closed(chunk, at);
  };

  return {
    write(chunk) {
      from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        if (inString) at = string(chunk, at);
        else outside(chunk, at, chunk[at] ?? 0);
      }
      if (depth > 0) keep(chunk, chunk.length);
      offset += chunk.length;
    },
    end() {
      if (depth === 0) return;
      const what = itemPlace === undefined ? 'ends inside the list' : `ends inside item ${items + 1} of the list`;
      throw cutOff(itemsDepth === none ? 'ends inside an object' : what, itemPlace ?? documentPlace);
    },
  };
}

/** The document without the zeros that stand for its items. */
function withoutItems(document: unknown, items: number, place: Place): unknown {
  const list = isRecord(document) ? document.items : document;
  if (items === 0 || !Array.isArray(list)) return document;
  if (list.length > items) throw new SyntaxFault('has an item that is no object', place);
  return isRecord(document) ? { ...document, items: [] } : [];
}

function parse(bytes: Buffer = Buffer.alloc(0), place: Place): unknown {
  if (!isUtf8(bytes)) throw new SyntaxFault('is not UTF-8 text', place);
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const before = text.slice(0, jsonFaultAt(text, error)).split('\n');
    const last = before.at(-1)?.length ?? 0;
    const column = before.length === 1 ? (place.column ?? 1) + last : last + 1;
    throw new SyntaxFault('is not valid JSON', { line: place.line + before.length - 1, column });
  }
}
