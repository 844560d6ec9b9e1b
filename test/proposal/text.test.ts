import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { organizationListKeys } from '../../src/api/index.js';
import {
  bodyWith,
  growth,
  type Marker,
  readMarker,
  readRefusals,
  refusalsText,
  requestWords,
  titleToWrite,
  withRefusal,
} from '../../src/proposal/index.js';
import type { JsonObject } from '../../src/state/index.js';

const marker: Marker = {
  integration: 'quay',
  cluster: 'openshift',
  digest: '0123456789abcdef',
  base: 'f'.repeat(40),
  state: 'open',
  text: 'aaaa',
  title: 'bbbb',
};
const content = { subject: 'Quayside quay: add 3', isDestructive: false, plan: () => 'plan', remarks: [] };
const limits = { title: 256, body: 60_000 };

describe('the marker', () => {
  test('is read back from wherever a person has moved it, also with other line breaks', () => {
    const body = `Hello\r\n${bodyWith({ ...marker, again: '7', risk: 'destructive' }, 'words').replaceAll('\n', '\r\n')}`;
    expect(readMarker(body, marker)).toEqual({ ...marker, again: '7', risk: 'destructive' });
  });

  test('of another integration or cluster is not ours', () => {
    const body = bodyWith(marker, 'words');
    expect(readMarker(body, { integration: 'other', cluster: 'openshift' })).toBeUndefined();
    expect(readMarker(body, { integration: 'quay', cluster: 'west' })).toBeUndefined();
    expect(readMarker('no marker', marker)).toBeUndefined();
  });

  test('ends where it should, whatever names are in it', () => {
    const odd = { ...marker, integration: 'a--b', cluster: 'c---d' };
    expect(bodyWith(odd, '').match(/-->/g)).toHaveLength(1);
    expect(readMarker(bodyWith(odd, ''), odd)).toMatchObject({ digest: marker.digest });
  });
});

describe('F35 the words of a request', () => {
  test('fit into the limits, the marker and the end included', () => {
    const plan = (most: number): string => 'x'.repeat(Math.min(most, 200_000));
    const { title, body } = requestWords({ ...content, subject: `${'n'.repeat(300)}😀`, plan }, limits);
    expect(title.length).toBeLessThanOrEqual(256);
    expect(bodyWith(marker, body).length).toBeLessThanOrEqual(60_000);
    expect(body).toContain('Close it to refuse it');
  });

  test('that are cut end with a link to the whole change, and others have none', () => {
    const comparison = 'https://git.example.test/acme/state/compare/main...quayside/openshift/quay';
    const lines = Array.from({ length: 3_000 }, (_, at) => `- \`clusters/openshift/organizations/n${at}.yaml\``);
    const plan = (most: number): string => {
      let text = '';
      for (const line of lines) if (text.length + line.length < most) text += `${line}\n`;
      return text;
    };
    const { body } = requestWords({ ...content, plan }, { ...limits, comparison });
    expect(body).toContain(`see the [whole change](${comparison}).\n\nMerge it`);
    expect(bodyWith(marker, body).length).toBeLessThanOrEqual(60_000);
    expect(requestWords(content, { ...limits, comparison }).body).not.toContain(comparison);
    expect(requestWords({ ...content, plan }, limits).body).not.toContain('not all of it');
  });

  test('are cut beside a character of two halves, never within', () => {
    for (let length = 250; length < 260; length += 1) {
      const { title } = requestWords({ ...content, subject: `${'n'.repeat(length)}😀😀` }, limits);
      expect(title).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  test.each(['/merge', 'text\n/close', 'text\r/approve', '  /draft'])('have no command of GitLab: %j', (remark) => {
    const { body } = requestWords({ ...content, remarks: [remark] }, limits);
    expect(body.split(/\r\n|\r|\n/).filter((line) => /^\s*\//.test(line))).toEqual([]);
  });

  test.each(['Draft: x', 'WIP x', '[WIP] x', 'ping @team about #1'])(
    'have no title that is more than a title: %s',
    (subject) => {
      const { title } = requestWords({ ...content, subject }, limits);
      expect(title).not.toMatch(/^(?:draft|wip|\[)/i);
      expect(title).not.toMatch(/[@#]\w/);
    },
  );

  test('keep the mark of a draft that a person set', () => {
    expect(titleToWrite('Draft: old', 'new')).toBe('Draft: new');
    expect(titleToWrite('[WIP] old', 'new')).toBe('[WIP] new');
    expect(titleToWrite('old', 'new')).toBe('new');
  });

  test('have the same hash when a forge changes only blanks', () => {
    const [one, other] = ['a  b\nc', 'a b\r\n\r\nc'].map((remark) =>
      requestWords({ ...content, remarks: [remark] }, limits),
    );
    expect(one?.hashes).toEqual(other?.hashes);
  });
});

describe('what only grows', () => {
  const repository = fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c'),
      visibility: fc.option(fc.constantFrom('public', 'private'), { nil: undefined }),
    },
    { requiredKeys: ['name'] },
  );
  const robot = fc.record({
    name: fc.constantFrom('builder', 'default', 'deployer'),
    role: fc.constantFrom('read', 'write'),
  });
  const spec: fc.Arbitrary<JsonObject> = fc
    .record({
      spec: fc.record({
        name: fc.constantFrom('x', 'y'),
        robots: fc.uniqueArray(robot, { selector: ({ name }) => name }),
        repositories: fc.uniqueArray(repository, { selector: ({ name }) => name }),
      }),
    })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

  test('F6 takes nothing away and changes no value, and what is wanted is then only loss', () => {
    fc.assert(
      fc.property(spec, spec, (there, wanted) => {
        const { grown, losses } = growth(there, wanted, organizationListKeys);
        // All that was there is there, as it was.
        expect(growth(grown, there, organizationListKeys).grown).toEqual(grown);
        const again = growth(grown, wanted, organizationListKeys);
        expect(again.grown).toEqual(grown);
        expect(again.losses.toSorted()).toEqual(losses.toSorted());
        if (losses.length === 0) expect(growth(wanted, grown, organizationListKeys).losses).toEqual([]);
      }),
    );
  });

  test('F6 two additions within one file are growth, a role that changes beside them is not', () => {
    const there = { spec: { robots: [{ name: 'builder', role: 'write' }], repositories: [{ name: 'b' }] } };
    const wanted = {
      spec: {
        robots: [
          { name: 'builder', role: 'read' },
          { name: 'deployer', role: 'read' },
        ],
        repositories: [{ name: 'a' }, { name: 'b' }],
      },
    };
    expect(growth(there, wanted, organizationListKeys)).toEqual({
      grown: {
        spec: {
          robots: [
            { name: 'builder', role: 'write' },
            { name: 'deployer', role: 'read' },
          ],
          repositories: [{ name: 'a' }, { name: 'b' }],
        },
      },
      losses: ['/spec/robots["builder"]/role "read"'],
    });
  });

  test('a value that is new on what is there is looked at by people', () => {
    const there = { spec: { repositories: [{ name: 'a' }] } };
    const wanted = { spec: { repositories: [{ name: 'a', visibility: 'public' }] } };
    expect(growth(there, wanted, organizationListKeys)).toEqual({
      grown: there,
      losses: ['/spec/repositories["a"]/visibility "public"'],
    });
  });
});

describe('what people refused', () => {
  test('is read back, and whatever else is in the file means nothing', () => {
    const refusals = withRefusal(withRefusal([], 'a'.repeat(16), ['1'.repeat(16)]), 'b'.repeat(16), []);
    expect(readRefusals(`${refusalsText(refusals)}change nonsense\nloss ../..\nhello\n`)).toEqual(refusals);
  });
});
