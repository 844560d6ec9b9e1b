import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Bridge } from '../operator/harness.js';
import { Cluster } from '../operator/cluster.js';
import { byHand, head, writeState } from '../operator/people.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster);
  await bridge.projects(['a'], ['web']);
  await writeState(bridge, overlay(), 'spec: {teams: [{name: devs}], quota: {size: 10Gi}}\n');
  await bridge.ready(['a']);
  await until(async () => expect(await teams()).toContain('devs'));
});
afterEach(async () => bridge.close());
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
const overlay = (): string => `overlays/${bridge.namespace('a')}.yaml`;
const teams = async (): Promise<readonly string[]> => {
  const answer = await bridge.ask<{ teams: object }>('GET', `/organization/${bridge.organization('a')}`);
  return Object.keys(answer.teams);
};
const state = (clone: string): string => join(clone, 'clusters', bridge.id);

/** The condition that says so comes after the objects were written; a new project shows that the rest goes on. */
async function holds(words: RegExp): Promise<void> {
  await until(async () => {
    const { conditions = [] } = (await bridge.integration()).status ?? {};
    expect(conditions.find(({ type }) => type === 'StateInvalid')?.message).toMatch(words);
  });
  await bridge.projects(['new'], ['web']);
  await bridge.ready(['new', 'a']);
  expect((await bridge.object('a')).spec).toMatchObject({ teams: [{ name: 'devs' }], quota: { size: '10Gi' } });
  expect(bridge.deletes()).toEqual([]);
}

test('R1: overlays that are a link take nothing away, and say so; a link that goes again lets go', async () => {
  await byHand(bridge, async (clone) => {
    await rename(join(state(clone), 'overlays'), join(clone, 'elsewhere'));
    await symlink('../../elsewhere', join(state(clone), 'overlays'));
  });
  await holds(/overlays: is a symbolic link/);
  await byHand(bridge, (clone) => rm(join(state(clone), 'overlays')));
  await until(async () => expect(await teams()).not.toContain('devs'));
});

test('R1: an overlay under a name that is not read takes nothing away; one that is deleted does', async () => {
  await byHand(bridge, (clone) => rename(join(state(clone), overlay()), join(state(clone), `${overlay()}.bak`)));
  await holds(/\.yaml\.bak: is not read, and may be for/);
  await byHand(bridge, (clone) => rm(join(state(clone), `${overlay()}.bak`)));
  await until(async () => expect(await teams()).not.toContain('devs'));
  await until(async () => expect((await bridge.integration()).status?.lastAppliedCommit).toBe(head(bridge)));
});
