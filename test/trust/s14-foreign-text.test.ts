import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import {
  describeInMarkdown,
  describeChangeSet,
  describeGit,
  describeLeftOut,
  describeProblems,
} from '../../src/app/describe.js';
import { type ApplyResult } from '../../src/app/apply.js';
import { warning } from '../../src/builds/index.js';
import { InvalidInput } from '../../src/errors/index.js';
import { eventObject } from '../../src/kube/events/event-object.js';
import { conditionsOf } from '../../src/operator/status/conditions.js';
import { describePlan, type OrganizationPlan } from '../../src/plan/index.js';
import { createLog } from '../../src/process/index.js';
import { codeSpan, oneLine, printable } from '../../src/text/index.js';

/** What a terminal obeys, what turns the text around, what cannot be seen, and what passes for a line of ours. */
const hostile =
  'a\u001b[2J\u009b31m\u202egnp.exe\u200b\u2066\u{e0041}\ufeff\u2028\r\n  - delete the organization\u0007\ud800b';
const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hostile, '`', '``', ' ', '@ann', '#1', 'www.x.y', '\\')).map((parts) => parts.join('')),
);

describe('S14: text of others', () => {
  test('shows what is hidden in it, and is the same text to a program', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printable(text)).not.toMatch(/[^\P{Cc}\t\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(printable(JSON.stringify({ text })))).toEqual({ text });
      }),
    );
    expect(oneLine('a\u202eb\n\u{e0041}')).toBe('a\\u202eb\\n\\udb40\\udc41');
    expect(printable('zwölf Äpfel, 東京, 🙂\n')).toBe('zwölf Äpfel, 東京, 🙂\n');
  });

  test('is one code span in Markdown, from its first to its last character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const span = codeSpan(text);
        const [fence = ''] = /^`+/.exec(span) ?? [];
        const inner = span.slice(fence.length, -fence.length);
        expect(span).toBe(fence + inner + fence);
        // No run of that many backticks ends it before.
        expect([...inner.matchAll(/`+/g)].map(([run]) => run.length)).not.toContain(fence.length);
        expect(inner).not.toMatch(/^`|`$|\n/);
      }),
    );
    expect(codeSpan('@ann `#1` GH-1 www.example.com')).toBe('``@ann `#1` GH-1 www.example.com``');
  });
});

const plan = {
  organization: `shop${hostile}`,
  changes: [],
  skipped: [{ what: `title ${hostile}`, message: hostile, reason: 'FeatureDisabled' }],
  notes: [`@ann ${hostile} GH-1 #1 www.example.com https://example.com <img src=x> [x](y)`],
} as unknown as OrganizationPlan;
const problem = { path: `spec.${hostile}`, message: hostile, hint: hostile, source: `overlays/${hostile}.yaml` };
const result = {
  leftOut: [{ namespace: 'web', reason: 'Ignored', message: hostile }],
  unknown: [hostile],
  problems: [problem, { path: 'imagestream/a', message: 'is too long', namespace: 'shop' }],
  changeSet: {
    organizations: [
      { organization: `shop${hostile}`, reason: 'Conflict', message: hostile, plan, done: [], failed: [], notDone: [] },
    ],
    held: { organizations: { names: [`old${hostile}`], hash: 'h' } },
  },
} as unknown as ApplyResult;
const git = {
  added: [`a${hostile}`],
  changed: [],
  removed: [],
  kept: [{ path: hostile, reason: 'Reverted', message: hostile }],
};

describe('S14: nothing of others steers, or adds a line, in', () => {
  const when = new Date(0);
  test.each<[string, number, () => string]>([
    ['a plan', 2, () => describePlan(plan).join('\n')],
    ['a problem', 1, () => describeProblems([problem])],
    ['an error', 1, () => new InvalidInput([problem]).message],
    ['the files of a commit', 3, () => describeGit(git as unknown as Parameters<typeof describeGit>[0])],
    ['namespaces that are left out', 2, () => describeLeftOut(result.leftOut)],
    ['a change set', 5, () => describeChangeSet({ ...result.changeSet, held: undefined })],
    ['a warning', 1, () => warning(hostile)],
  ])('%s', (_, lines, text) => {
    expect(text()).not.toMatch(unseen);
    expect(text().split('\n').length).toBeLessThanOrEqual(lines);
  });

  test('a condition, an Event and the log', () => {
    const [condition] = conditionsOf([{ type: 'Ready', status: 'True', reason: 'Synced', message: hostile }], [], {
      generation: 1,
      now: when,
    });
    const event = eventObject(
      { regarding: {}, type: 'Normal', reason: 'Adopted', action: 'Converge', note: hostile } as never,
      { controller: 'c', instance: 'i', namespace: 'n', name: 'e', at: when },
    );
    let line = '';
    createLog({ level: 'info', name: 'test', destination: { write: (text) => void (line = text) } }).info(
      { namespace: hostile },
      hostile,
    );
    for (const text of [condition?.message, event.note, line]) expect(text).not.toMatch(unseen);
    expect((JSON.parse(line) as { msg: string }).msg).toBe(hostile);
  });
});

describe('R17: a plan in Markdown', () => {
  const markdown = describeInMarkdown(result);

  test('has the problems with their namespaces, what is not done, held and left out', () => {
    expect(markdown).toMatch(
      /### Problems \(3\)[^]*### Not done \(1\)[^]*### Held deletions \(1\)[^]*### Skipped namespaces \(1\)/,
    );
    expect(markdown).toContain('- `namespace shop: imagestream/a: is too long`');
    expect(markdown).toMatch(/- `web`: `a\\u001b/);
  });

  test('has nothing live that others wrote: S14', () => {
    expect(markdown).not.toMatch(unseen);
    const outside = markdown.replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/@ann|GH-1|#1\b|www\.|https:|<img|\]\(/);
    expect(
      outside.split('\n').filter((line) => line !== '' && !/^(?:###? .*|- (?:: )?|Nothing to do\.)$/.test(line)),
    ).toEqual([]);
  });
});

test('S14: only one file of the command line writes to a terminal', () => {
  const cli = resolve(import.meta.dirname, '../../src/cli');
  const files = readdirSync(cli, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const writing = files.filter((name) =>
    /\bstd(?:out|err)\.write\b|console\./.test(readFileSync(join(cli, name), 'utf8')),
  );
  // Those print what this program made itself.
  expect(writing.filter((name) => !['completion.ts', 'simulate.ts'].includes(name))).toEqual(['print.ts']);
});
