import { describe, expect, test } from '@jest/globals';
import { annotationsOf } from '../../src/app/annotations.js';
import type { Problem } from '../../src/errors/index.js';

const problem: Problem = {
  path: 'spec.teams',
  message: 'is 100% wrong\n::warning::forged',
  source: 'clusters/a,b:c/overlays/x.yaml',
  line: 7,
  column: 3,
};

describe('faults in the checks of a pull request', () => {
  test('are one line for the runner of GitHub each, whatever is in their words', () => {
    const text = annotationsOf([problem, problem], 'github');
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toMatch(/^::error file=clusters\/a%2Cb%3Ac\/overlays\/x\.yaml,line=7,col=3::.*100%25 wrong/);
    expect(text).not.toMatch(/^::warning/m);
  });

  test('are an entry of the report of GitLab each, with a fingerprint that stays', () => {
    const [one, other] = [annotationsOf([problem], 'gitlab'), annotationsOf([{ ...problem, line: 8 }], 'gitlab')].map(
      (text) => (JSON.parse(text) as { fingerprint: string; location: object }[])[0],
    );
    expect(one).toMatchObject({ location: { path: problem.source, lines: { begin: 7 } } });
    expect(other?.fingerprint).toBe(one?.fingerprint);
  });
});
