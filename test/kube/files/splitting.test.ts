import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { clusterFromFiles } from '../../../src/kube/index.js';
import { list, namespace } from '../../fixtures/dump.js';

const lines = fc.constantFrom(
  '- a: b',
  '---',
  '...',
  'items:',
  '- ',
  '  - x',
  '\t- y',
  '# no comment',
  '',
  'kind: List',
  '{',
  '"',
  "'",
  '|',
  '\\',
);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(lines, { maxLength: 6 }).map((parts) => parts.join('\n')),
  fc.array(lines, { maxLength: 4 }).map((parts) => `${parts.join('\n')}\n`),
);
const annotations = fc.dictionary(fc.constantFrom('a', 'b/c', 'items', '- d'), text, { maxKeys: 4 });

const annotationsOf = async (dumped: string, pieces: number): Promise<unknown> => {
  const bytes = Buffer.from(dumped);
  const stdin = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
  };
  const { namespaces } = await (await clusterFromFiles(['-'], { stdin: stdin() })).snapshot();
  return namespaces.known ? namespaces.items.map((item) => item.annotations) : namespaces.reason;
};

test('whatever stands in an object, lists are cut between their items and nowhere else', async () => {
  const styles = [
    { seqNoIndent: true },
    { seqNoIndent: true, lineWidth: -1, quoteStyle: 'double' },
    { lineWidth: 20 },
    { indent: 4, forceQuotes: true },
    { flowLevel: 4 },
  ] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(annotations, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 90 }),
      async (all, pieces) => {
        const whole = list(all.map((one, index) => namespace(`n${index}`, { annotations: one })));
        const forms = [
          ...styles.map((style) => dump(whole, style)),
          JSON.stringify(whole),
          JSON.stringify(whole, undefined, 2),
          all
            .map((one, index) => dump(namespace(`n${index}`, { annotations: one }), { seqNoIndent: true }))
            .join('---\n'),
        ];
        for (const form of forms) expect(await annotationsOf(form, pieces)).toEqual(all);
      },
    ),
    { numRuns: 150 },
  );
});

test('what is no manifest is refused without harm', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    text.map((one) => Buffer.from(one)),
    fc.json().map((one) => Buffer.from(one)),
  );
  await fc.assert(
    fc.asyncProperty(noise, async (bytes) => {
      const stdin = async function* (): AsyncGenerator<Buffer> {
        yield Buffer.from(bytes);
      };
      await expect(clusterFromFiles(['-'], { stdin: stdin() })).rejects.toMatchObject({ code: 'InvalidInput' });
    }),
    { numRuns: 400 },
  );
});
