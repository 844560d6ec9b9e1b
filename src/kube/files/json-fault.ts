import { objectOrEmpty } from '../../json/index.js';

const token =
  /\s+|[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where the first fault of a text is that `JSON.parse` refused, counted in characters from 0. */
export function jsonFaultAt(text: string, refusal: unknown): number {
  const [, position] = /at position (\d+)/.exec(String(objectOrEmpty(refusal).message)) ?? [];
  if (position !== undefined) return Number(position);
  const tokens = new RegExp(token);
  for (;;) {
    const at = tokens.lastIndex;
    if (at >= text.length || !tokens.test(text)) return Math.min(at, text.length);
  }
}
