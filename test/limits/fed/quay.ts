import { limits } from '../../../src/limits/index.js';
import { type StrangeAnswer } from '../../trust/recorded.js';

const json = { 'content-type': 'application/json' };

/** What a Quay answers that wants to be too much, by the row that says how much is taken. */
export const strangeAnswers = {
  quayAnswer: (_, response) => Boolean(response.writeHead(200, json).end(`{"x":"${'x'.repeat(limits.quayAnswer)}"}`)),
  quayWords: (_, response) =>
    Boolean(response.writeHead(400, json).end(JSON.stringify({ message: 'no '.repeat(limits.quayWords) }))),
  quayHead: () => true,
  quayBody: (_, response) => Boolean(response.writeHead(200, json).write('{"name":')) || true,
  quayPages: (url, response) => {
    if (!url.includes('/repository?')) return false;
    pages += 1;
    return Boolean(response.writeHead(200, json).end(`{"repositories":[],"next_page":"${pages}"}`));
  },
} as const satisfies Readonly<Record<string, StrangeAnswer>>;

let pages = 0;
