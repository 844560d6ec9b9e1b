import { limits } from '../../limits/index.js';
import { lineCost, type ReaderEvents, tooLarge } from './reader.js';
import { parseYaml } from './yaml-text.js';

const marker = /^---(?:\s|$)/;
const blank = /^\s*(?:#.*)?$/;
const itemsKey = /^items:\s*(?:#.*)?$/;
const dash = /^( *)-(?:\s|$)/;

/** One document that is read line by line; `line` counts the lines of the file from 1. */
export interface YamlDocument {
  /** Whether a `---` would begin another document. */
  begun(): boolean;
  take(text: string, line: number): void;
  end(): void;
}

/**
 * Of a list as `oc get -o yaml` prints it every item is parsed by itself: what is in memory at once is one item and the frame,
 * the lines around the items.
 */
export function yamlDocument(events: ReaderEvents): YamlDocument {
  const reading: Reading = {
    events,
    frame: [],
    state: 'Frame',
    indent: 0,
    items: 0,
    item: [],
    itemLine: 0,
    length: 0,
  };
  return {
    begun: () => reading.frame.some(({ text }) => marker.test(text) || !(blank.test(text) || text.startsWith('%'))),
    take: (text, line) => takers[reading.state](reading, text, line),
    end: () => end(reading),
  };
}

interface Reading {
  readonly events: ReaderEvents;
  readonly frame: { text: string; readonly line: number }[];
  state: 'Frame' | 'Key' | 'Items';
  /** Of the dashes that begin the items. */
  indent: number;
  items: number;
  /** The lines of the item that is being read. */
  item: string[];
  itemLine: number;
  /** Characters of the item, or of the frame since the last one. */
  length: number;
}

const takers = { Frame: inFrame, Key: afterKey, Items: inItems } as const;

function inFrame(reading: Reading, text: string, line: number): void {
  weigh(reading, text);
  reading.frame.push({ text, line });
  if (reading.items === 0 && itemsKey.test(text)) reading.state = 'Key';
}

function afterKey(reading: Reading, text: string, line: number): void {
  const depth = dash.exec(text)?.[1]?.length;
  if (depth === undefined) {
    if (!blank.test(text)) reading.state = 'Frame';
    inFrame(reading, text, line);
    return;
  }
  const key = reading.frame.findLast((one) => itemsKey.test(one.text));
  if (key !== undefined) key.text = 'items: []';
  reading.state = 'Items';
  reading.indent = depth;
  beginItem(reading, text, line);
}

function inItems(reading: Reading, text: string, line: number): void {
  // A tab is a fault, which the parser names better when it sees it inside the item.
  const depth = blank.test(text) || /^ *\t/.test(text) ? Infinity : text.search(/[^ ]/);
  if (depth > reading.indent) {
    weigh(reading, text);
    reading.item.push(text);
    return;
  }
  endItem(reading);
  if (depth === reading.indent && dash.test(text)) beginItem(reading, text, line);
  else {
    reading.state = 'Frame';
    inFrame(reading, text, line);
  }
}

function beginItem(reading: Reading, text: string, line: number): void {
  reading.item = [text];
  reading.itemLine = line;
  reading.length = text.length + lineCost;
}

function endItem(reading: Reading): void {
  const first = reading.itemLine;
  const value = parseYaml(reading.item.join('\n'), (at) => first + at - 1);
  reading.items += 1;
  // Whatever stands at the level of the dash would have ended the items, so the sequence has this one element.
  reading.events.item(Array.isArray(value) ? value[0] : undefined, { line: first });
}

function weigh(reading: Reading, text: string): void {
  reading.length += text.length + lineCost;
  if (reading.length <= limits.dumpObject) return;
  throw tooLarge('an object', { line: reading.itemLine || 1 });
}

function end(reading: Reading): void {
  if (reading.state === 'Items') endItem(reading);
  const { frame, items, events } = reading;
  if (frame.every(({ text }) => blank.test(text.replace(marker, '')) || text.startsWith('%'))) return;
  const lineOf = (at: number): number => (frame[at - 1] ?? frame.at(-1))?.line ?? 1;
  const value = parseYaml(frame.map(({ text }) => text).join('\n'), lineOf);
  events.document(value, items, { line: lineOf(1) });
}
