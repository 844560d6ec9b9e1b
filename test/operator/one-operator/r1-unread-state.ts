import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { byHand, head, writeState } from '../../fixtures/operator/people.js';
import { cluster } from './cluster.js';

describe('R1: state that cannot be read', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await Harness.open(cluster);
    await harness.projects(['a'], ['web']);
    await writeState(harness, overlay(), 'spec: {teams: [{name: devs}], quota: {size: 10Gi}}\n');
    await harness.ready(['a']);
    await until(async () => expect(await teams()).toContain('devs'));
  });
  afterEach(async () => harness.close());

  const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
  const overlay = (): string => `overlays/${harness.namespace('a')}.yaml`;
  const teams = async (): Promise<readonly string[]> => {
    const answer = await harness.ask<{ teams: object }>('GET', `/organization/${harness.organization('a')}`);
    return Object.keys(answer.teams);
  };
  const state = (clone: string): string => join(clone, 'clusters', harness.id);

  /** The condition that says so comes after the objects were written; a new project shows that the rest goes on. */
  async function holds(words: RegExp): Promise<void> {
    await until(async () => {
      const { conditions = [] } = (await harness.integration()).status ?? {};
      expect(conditions.find(({ type }) => type === 'StateInvalid')?.message).toMatch(words);
    });
    await harness.projects(['new'], ['web']);
    await harness.ready(['new', 'a']);
    expect((await harness.object('a')).spec).toMatchObject({ teams: [{ name: 'devs' }], quota: { size: '10Gi' } });
    expect(harness.deletes()).toEqual([]);
  }

  test('R1: overlays that are a link take nothing away, and say so; a link that goes again lets go', async () => {
    await byHand(harness, async (clone) => {
      await rename(join(state(clone), 'overlays'), join(clone, 'elsewhere'));
      await symlink('../../elsewhere', join(state(clone), 'overlays'));
    });
    await holds(/overlays: is a symbolic link/);
    await byHand(harness, (clone) => rm(join(state(clone), 'overlays')));
    await until(async () => expect(await teams()).not.toContain('devs'));
  });

  test('R1: an overlay under a name that is not read takes nothing away; one that is deleted does', async () => {
    await byHand(harness, (clone) => rename(join(state(clone), overlay()), join(state(clone), `${overlay()}.bak`)));
    await holds(/\.yaml\.bak: is not read, and may be for/);
    await byHand(harness, (clone) => rm(join(state(clone), `${overlay()}.bak`)));
    await until(async () => expect(await teams()).not.toContain('devs'));
    await until(async () => expect((await harness.integration()).status?.lastAppliedCommit).toBe(head(harness)));
  });
});
