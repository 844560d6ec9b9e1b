import { isUtf8 } from 'node:buffer';
import { isRecord } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { jsonFaultAt } from './json-fault.js';
import { cutOff, type ManifestReader, type Position, type ReaderEvents, SyntaxFault, tooLarge } from './reader.js';

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const brackets = { '{': 0x7b, '}': 0x7d, '[': 0x5b, ']': 0x5d } as const;
const none = -1;

/** How far a file has been read. */
interface Reading {
  readonly events: ReaderEvents;
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** Bytes before this chunk. */
  offset: number;
  line: number;
  lineStart: number;
  /** The document, in which a 0 stands for each item. */
  frame: string;
  document: Position;
  /** The depth of the array whose elements are cut out. */
  itemsDepth: number;
  items: number;
  item: Position | undefined;
  itemParts: Buffer[];
  /** Bytes of the item, or of the frame since the last one. */
  length: number;
  /** Where in the chunk the part begins that is still to be kept. */
  from: number;
}

/**
 * Reads JSON, one document or several one after the other, and cuts the elements of `items` out of it while it goes: what is
 * in memory at once is one element and the rest of the document, in which a 0 stands for each element.
 */
export function jsonReader(events: ReaderEvents): ManifestReader {
  const reading: Reading = {
    events,
    depth: 0,
    inString: false,
    escaped: false,
    offset: 0,
    line: 1,
    lineStart: 0,
    frame: '',
    document: { line: 1 },
    itemsDepth: none,
    items: 0,
    item: undefined,
    itemParts: [],
    length: 0,
    from: 0,
  };
  return { write: (chunk) => write(reading, chunk), end: () => end(reading) };
}

function write(reading: Reading, chunk: Buffer): void {
  reading.from = 0;
  for (let at = 0; at < chunk.length; at += 1) {
    if (reading.inString) at = endOfString(reading, chunk, at);
    else outside(reading, chunk, at);
  }
  if (reading.depth > 0) keep(reading, chunk, chunk.length);
  reading.offset += chunk.length;
}

function end({ depth, item, items, itemsDepth, document }: Reading): void {
  if (depth === 0) return;
  const what = item === undefined ? 'ends inside the list' : `ends inside item ${items + 1} of the list`;
  throw cutOff(itemsDepth === none ? 'ends inside an object' : what, item ?? document);
}

function outside(reading: Reading, chunk: Buffer, at: number): void {
  const byte = chunk[at] ?? 0;
  if (byte === newline) {
    reading.line += 1;
    reading.lineStart = reading.offset + at + 1;
  } else if (reading.depth === 0 && byte > 0x20 && !isOpening(byte)) {
    throw new SyntaxFault('is not JSON: something stands outside of the object', positionOf(reading, at));
  } else if (byte === quote) reading.inString = true;
  else if (isOpening(byte)) opened(reading, chunk, at);
  else if (byte === brackets['}'] || byte === brackets[']']) closed(reading, chunk, at);
}

function isOpening(byte: number): boolean {
  return byte === brackets['{'] || byte === brackets['['];
}

function opened(reading: Reading, chunk: Buffer, at: number): void {
  if (reading.item === undefined) beforeItem(reading, chunk, at);
  reading.depth += 1;
}

function beforeItem(reading: Reading, chunk: Buffer, at: number): void {
  const { depth, itemsDepth } = reading;
  const isList = chunk[at] === brackets['['];
  if (depth === 0) {
    const document = positionOf(reading, at);
    Object.assign(reading, { frame: '', from: at, document, length: 0, items: 0, itemsDepth: isList ? 1 : none });
  } else if (depth === 1 && isList) {
    keep(reading, chunk, at);
    if (/[{,]\s*"items"\s*:\s*$/.test(reading.frame.slice(-200))) reading.itemsDepth = 2;
  } else if (depth === itemsDepth && !isList) {
    keep(reading, chunk, at);
    Object.assign(reading, { item: positionOf(reading, at), itemParts: [], length: 0 });
  }
}

function closed(reading: Reading, chunk: Buffer, at: number): void {
  reading.depth -= 1;
  const { depth, item, itemsDepth } = reading;
  if (item !== undefined && depth === itemsDepth) {
    keep(reading, chunk, at + 1);
    endItem(reading, item);
  } else if (depth === itemsDepth - 1) {
    reading.itemsDepth = none;
  }
  if (depth > 0) return;
  keep(reading, chunk, at + 1);
  const { document, items, frame } = reading;
  reading.events.document(
    withoutItems(parse(Buffer.from(frame, 'latin1'), document), items, document),
    items,
    document,
  );
  reading.frame = '';
}

function endItem(reading: Reading, position: Position): void {
  const { itemParts } = reading;
  const value = parse(itemParts.length === 1 ? itemParts[0] : Buffer.concat(itemParts), position);
  Object.assign(reading, { item: undefined, itemParts: [], length: 0 });
  // The line breaks stay, so that a fault further down is reported on its own line.
  reading.frame += `0${'\n'.repeat(reading.line - position.line)}`;
  reading.items += 1;
  reading.events.item(value, position);
}

function keep(reading: Reading, chunk: Buffer, to: number): void {
  const { from, item } = reading;
  if (item === undefined) reading.frame += chunk.toString('latin1', from, to);
  else reading.itemParts.push(chunk.subarray(from, to));
  reading.length += to - from;
  if (reading.length > limits.dumpObject) {
    throw tooLarge('an object', item ?? reading.document);
  }
  reading.from = to;
}

/** Follows a string from `start`; gives the place of its last byte in this chunk. */
function endOfString(reading: Reading, chunk: Buffer, start: number): number {
  for (let at = start; at < chunk.length; at += 1) {
    if (reading.escaped) reading.escaped = false;
    else if (chunk[at] === backslash) reading.escaped = true;
    else if (chunk[at] === quote) {
      reading.inString = false;
      return at;
    }
  }
  return chunk.length;
}

function positionOf({ line, offset, lineStart }: Reading, at: number): Position {
  return { line, column: offset + at - lineStart + 1 };
}

/** The document without the zeros that stand for its items. */
function withoutItems(document: unknown, items: number, position: Position): unknown {
  const list = isRecord(document) ? document.items : document;
  if (items === 0 || !Array.isArray(list)) return document;
  if (list.length > items) throw new SyntaxFault('has an item that is no object', position);
  return isRecord(document) ? { ...document, items: [] } : [];
}

function parse(bytes: Buffer = Buffer.alloc(0), position: Position): unknown {
  if (!isUtf8(bytes)) throw new SyntaxFault('is not UTF-8 text', position);
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const before = text.slice(0, jsonFaultAt(text, error)).split('\n');
    const last = before.at(-1)?.length ?? 0;
    const column = before.length === 1 ? (position.column ?? 1) + last : last + 1;
    throw new SyntaxFault('is not valid JSON', { line: position.line + before.length - 1, column });
  }
}
