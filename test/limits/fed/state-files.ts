import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { imageStream } from '../../fixtures/operator/objects.js';
import { type Scene } from '../../hostile/scene.js';
import { type Fed, type Feedings, patience, tells } from './fed.js';
import { strangeAnswers } from './quay.js';
import { state } from './state.js';

const overlay = ({ harness }: Scene, name: string): string => `overlays/${harness.namespace(name)}.yaml`;
/** Of which a push has many: none of them is read. */
const mebibytes = '\0'.repeat(64 * 1024 * 1024);
const faults = Array.from({ length: limits.yamlFaults + 5 }, (_, at) => `a${at}: !x 1`).join('\n');
const names = Array.from({ length: limits.repositories - 10 }, (_, at) => `{name: x${at.toString(36)}}`);
const nobody = Array.from({ length: 60 }, (_, at) => `overlays/nobody-${at}.yaml`);
let pushed: Promise<void> | undefined;
let cut: Promise<string> | undefined;
let uncut: Promise<void> | undefined;

/** All that is too large in one push. */
function push(scene: Scene): Promise<void> {
  pushed ??= state(scene, {
    [overlay(scene, 'd')]: `# ${'x'.repeat(limits.personalFileBytes)}\n`,
    [overlay(scene, 'e')]: faults,
    [overlay(scene, 'short')]: `spec: {repositories: [${names.join()}]}\n`,
    'docs/large.bin': mebibytes,
    'organizations/costly.yaml': `a: [${'{},'.repeat(170_000)}]\n`,
    'organizations/large.yaml': '#'.repeat(limits.documentBytes + 1),
    'organizations/larger.yaml': '#'.repeat(limits.gitFileBytes + 1),
    ...Object.fromEntries(nobody.map((path) => [path, '#'.repeat(70_000)])),
  });
  return pushed;
}

/** What the integration says of all that: more than it may. */
function cutMessage(scene: Scene): Promise<string> {
  const { cluster, harness } = scene;
  cut ??= push(scene).then(() =>
    cluster.eventually(async () => {
      const { message } = await harness.condition('StateInvalid');
      expect(message).toMatch(/…$/);
      return message;
    }, patience),
  );
  return cut;
}

/** Takes away so much of it that the integration can name the rest. */
function pushLess(scene: Scene): Promise<void> {
  uncut ??= cutMessage(scene).then(() => state(scene, Object.fromEntries(nobody.map((path) => [path, undefined]))));
  return uncut;
}

/** Waits until the integration names it among what is wrong with the state. */
const named = async ({ harness, cluster }: Scene, words: RegExp): Promise<void> =>
  cluster.eventually(async () => expect((await harness.condition('StateInvalid')).message).toMatch(words), patience);

/** By whoever may push, whose files are all in one commit. */
export const fileFeedings: Feedings<Fed> = {
  personalFileBytes: async ({ scene }) => {
    await push(scene);
    await tells(scene, 'd', 'Incomplete', /overlays\/.*at most 65536 are read/);
  },
  stateFileCost: async ({ scene }) => {
    await pushLess(scene);
    await named(scene, /organizations\/costly\.yaml/);
  },
  documentBytes: async ({ scene }) => {
    await push(scene);
    await named(scene, /organizations\/large\.yaml/);
  },
  gitFileBytes: async ({ scene }) => {
    await push(scene);
    await named(scene, /organizations\/larger\.yaml/);
  },
  yamlFaults: async ({ scene }) => {
    await push(scene);
    await tells(scene, 'e', 'Incomplete', /overlays\//);
    await pushLess(scene);
    await named(scene, /and 5 more faults/);
  },
  conditionText: async ({ scene }) => {
    expect(await cutMessage(scene)).toHaveLength(limits.conditionText);
  },
  repositories: async ({ scene }) => {
    await push(scene);
    // That none of them is made is quicker.
    scene.quay.strange.set(scene.harness.organization('short'), strangeAnswers.quayWords);
    await scene.projects(['short']);
    await scene.cluster.create(
      ...Array.from({ length: 20 }, (_, at) => imageStream(scene.harness.namespace('short'), `stream-${at}`)),
    );
    await tells(scene, 'short', 'ImageStreamsLeftOut', /10 of 20 have no repository/);
  },
  logField: async ({ scene }) => {
    await push(scene);
    await scene.cluster.eventually(() => expect(scene.log()).toMatch(/… \(\d+ characters\)/), patience);
  },
  logLine: async ({ scene }) => {
    await push(scene);
    await scene.cluster.eventually(() => expect(scene.log()).toContain('characters)'), patience);
    const longest = Math.max(
      ...scene
        .log()
        .split('\n')
        .map(({ length }) => length),
    );
    expect(longest).toBeLessThanOrEqual(limits.logLine);
  },
};
