import { longestObject, type ReaderEvents, SyntaxFault } from './reader.js';
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
  const frame: { text: string; readonly line: number }[] = [];
  let state: 'Frame' | 'Key' | 'Items' = 'Frame';
  let indent = 0;
  let items = 0;
  let item: string[] = [];
  let itemLine = 0;
  let length = 0;

  const weigh = (text: string): void => {
    length += text.length + 1;
    if (length > longestObject) throw new SyntaxFault('an object is larger than 256 MiB', { line: itemLine || 1 });
  };

  const inFrame = (text: string, line: number): void => {
    weigh(text);
    frame.push({ text, line });
    if (items === 0 && itemsKey.test(text)) state = 'Key';
  };

  const beginItem = (text: string, line: number): void => {
    [item, itemLine, length] = [[text], line, text.length];
  };

  const endItem = (): void => {
    const first = itemLine;
    const value = parseYaml(item.join('\n'), (at) => first + at - 1);
    items += 1;
    // Whatever stands at the level of the dash would have ended the items, so the sequence has this one element.
    events.item(Array.isArray(value) ? value[0] : undefined, { line: first });
  };

  const afterKey = (text: string, line: number): void => {
    const depth = dash.exec(text)?.[1]?.length;
    if (depth === undefined) {
      if (!blank.test(text)) state = 'Frame';
      inFrame(text, line);
      return;
    }
    const key = frame.findLast((one) => itemsKey.test(one.text));
    if (key !== undefined) key.text = 'items: []';
    [state, indent] = ['Items', depth];
    beginItem(text, line);
  };

  const inItems = (text: string, line: number): void => {
    // A tab is a fault, which the parser names better when it sees it inside the item.
    const depth = blank.test(text) || /^ *\t/.test(text) ? Infinity : text.search(/[^ ]/);
    if (depth > indent) {
      weigh(text);
      item.push(text);
      return;
    }
    endItem();
    if (depth === indent && dash.test(text)) beginItem(text, line);
    else {
      state = 'Frame';
      inFrame(text, line);
    }
  };

  const takers = { Frame: inFrame, Key: afterKey, Items: inItems } as const;
  return {
    begun: () => frame.some(({ text }) => marker.test(text) || !(blank.test(text) || text.startsWith('%'))),
    take: (text, line) => takers[state](text, line),
    end() {
      if (state === 'Items') endItem();
      if (frame.every(({ text }) => blank.test(text.replace(marker, '')) || text.startsWith('%'))) return;
      const lineOf = (at: number): number => (frame[at - 1] ?? frame.at(-1))?.line ?? 1;
      const value = parseYaml(frame.map(({ text }) => text).join('\n'), lineOf);
      events.document(value, items, { line: lineOf(1) });
    },
  };
}
