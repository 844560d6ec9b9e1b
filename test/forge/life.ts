import { afterEach, beforeEach, describe } from '@jest/globals';
import { removeTemporary } from '../support/temporary.js';
import { cuts } from './life/cuts.js';
import { edits } from './life/edits.js';
import { merges } from './life/merges.js';
import { openings } from './life/openings.js';
import { others } from './life/others.js';
import { refusals } from './life/refusals.js';
import { type ReviewSession, reviewSession } from './session.js';
import type { TestedForge } from './tested-forge.js';

/** What one case has: a forge of its own, whose base has two files, and a proposer. */
export interface Life {
  readonly forge: TestedForge;
  readonly session: ReviewSession;
  /** Another process in the place of the one before. */
  readonly restart: () => Promise<void>;
  /** The calls so far that change something. */
  readonly writes: () => number;
}

/** The life of a proposal on a forge: what every forge has to do alike, the real one and the stand-ins. */
export function lifeOn(name: string, start: () => Promise<TestedForge>): void {
  describe(`a proposal on ${name}`, () => {
    let forge: TestedForge;
    let session: ReviewSession;
    beforeEach(async () => {
      forge = await start();
      await forge.repository.commit('main', { 'a.yaml': 'a\n', 'other.md': 'x\n' });
      session = await reviewSession(forge);
    });
    afterEach(async () => {
      await session.close();
      await forge.close();
      await removeTemporary();
    });
    const life = (): Life => ({
      forge,
      session,
      restart: async () => {
        await session.close();
        session = await reviewSession(forge);
      },
      writes: () => forge.calls.filter(({ call }) => !call.startsWith('GET ')).length,
    });
    for (const cases of [openings, merges, refusals, edits, others, cuts]) cases(life);
  });
}
