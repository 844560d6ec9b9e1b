import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProposeResult } from '../../src/app/propose.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';
import { type Projects, type Proposing, proposing } from './proposing.js';
import { type StandIn, startGitHub } from './stand-in.js';

const branch = 'quayside/openshift/quay';
const document = (name: string): string => `clusters/openshift/organizations/${name}.yaml`;

let forge: StandIn;
let folder: string;
beforeEach(async () => {
  forge = await startGitHub();
  folder = await temporaryFolder();
});
afterEach(async () => {
  await forge.close();
  await removeTemporary();
});

const propose = (review: string, projects: Projects, more: Proposing = {}): Promise<ProposeResult> =>
  proposing(forge, folder, { review, projects, ...more });

describe('quayside propose', () => {
  test('F1 with review All a new project waits for people, and base gets the name of the cluster and what helps people to write', async () => {
    const result = await propose('All', { demo: ['app'] });
    expect(result.proposal).toMatchObject({ outcome: { state: 'Open', request: { number: 1 } } });
    const [base, head] = [forge.repository.ref('main') ?? '', forge.repository.ref(branch) ?? ''];
    expect(forge.repository.files(base)).toEqual([
      'clusters/openshift/README.md',
      'clusters/openshift/cluster.yaml',
      ...['ignore.json', 'organization.json', 'overlay-template.yaml', 'overlay.json'].map(
        (name) => `clusters/openshift/schemas/${name}`,
      ),
    ]);
    expect(forge.repository.files(head)).toContain(document('demo'));
    const request = forge.requests.one(1);
    expect(request.title).toBe('openshift/quay: add organization demo');
    expect(request.body).toContain('create the organization');
    expect(await propose('All', { demo: ['app'] })).toMatchObject({
      proposal: { outcome: { state: 'Open', events: [] } },
    });
  });

  test('F7 what was merged is what the branch holds, and nothing waits any more', async () => {
    await propose('All', { demo: ['app'] });
    forge.requests.merge(1, 'squash', 'Merged without our words');
    const result = await propose('All', { demo: ['app'] });
    expect(result).toMatchObject({
      git: { pushed: false },
      proposal: { outcome: { state: 'None', events: [{ type: 'Merged' }] } },
    });
    expect(forge.repository.ref(branch)).toBeUndefined();
  });

  test('F8 what a person takes back after the merge, whose message has nothing of ours, is held as a revert', async () => {
    await propose('All', { demo: ['app'] });
    forge.requests.merge(1, 'squash', 'Anna merges it');
    await propose('All', { demo: ['app'] });
    forge.repository.commit('main', { [document('demo')]: undefined }, 'Revert "Anna merges it"');
    const result = await propose('All', { demo: ['app'] });
    expect(result.git.kept).toEqual([
      { path: document('demo'), reason: 'Reverted', message: expect.stringContaining('reverted our change') },
    ]);
    expect(result.proposal).toMatchObject({ outcome: { state: 'None' } });
    // Another content is another question.
    const next = await propose('All', { demo: ['app', 'more'] });
    expect(next.proposal).toMatchObject({ outcome: { state: 'Open' } });
  });

  test('F6 with review Destructive what only adds is pushed at once, also within a file of which something waits', async () => {
    await propose('Destructive', { demo: ['app', 'old'] });
    expect(forge.repository.read(forge.repository.ref('main') ?? '', document('demo'))).toContain('old');
    expect(forge.requests.all()).toEqual([]);
    // The stream `old` goes, so its repository leaves the document.
    const first = await propose('Destructive', { demo: ['app'] });
    expect(first.proposal).toMatchObject({ outcome: { state: 'Open', request: { number: 1 } } });
    const head = forge.repository.ref(branch);
    // Another project adds at once, and the branch of the proposal stays.
    await propose('Destructive', { demo: ['app'], other: ['x'] });
    const base = forge.repository.ref('main') ?? '';
    expect(forge.repository.files(base)).toContain(document('other'));
    expect(forge.repository.ref(branch)).toBe(head);
    // A stream in the very file: base gets it, and the branch is built again on that.
    await propose('Destructive', { demo: ['app', 'new'], other: ['x'] });
    const text = forge.repository.read(forge.repository.ref('main') ?? '', document('demo')) ?? '';
    expect(text).toContain('name: new');
    expect(text).toContain('name: old');
    const proposed = forge.repository.read(forge.repository.ref(branch) ?? '', document('demo')) ?? '';
    expect(proposed).toContain('name: new');
    expect(proposed).not.toContain('name: old');
    expect(forge.requests.all()).toHaveLength(1);
  });

  test('a namespace that goes is proposed as destructive, and refused it stays out when another goes', async () => {
    await propose('Destructive', { a: [], b: [], c: [] });
    expect(await propose('Destructive', { b: [], c: [] })).toMatchObject({ proposal: { outcome: { state: 'Open' } } });
    expect(forge.requests.one(1).title).toContain('(destructive)');
    forge.requests.close(1);
    expect(await propose('Destructive', { b: [], c: [] })).toMatchObject({
      proposal: { outcome: { state: 'ProposalDeclined' } },
    });
    const result = await propose('Destructive', { b: [] });
    expect(result.proposal).toMatchObject({
      outcome: { state: 'Open', request: { number: 2 }, withheld: [document('a')] },
    });
    expect(forge.repository.files(forge.repository.ref(branch) ?? '')).toContain(document('a'));
    expect(await propose('Destructive', { b: [] }, { again: true })).toMatchObject({
      proposal: { outcome: { withheld: [] } },
    });
    expect(forge.repository.files(forge.repository.ref(branch) ?? '')).not.toContain(document('a'));
  });

  test('where base does not take our pushes everything is proposed, and the reason is told', async () => {
    forge.repository.commit('main', { 'README.md': 'by a person\n' });
    writeFileSync(
      join(forge.repository.folder, 'hooks', 'update'),
      '#!/bin/sh\n[ "$1" = refs/heads/main ] && { echo "GH006: Protected branch update failed"; exit 1; }\nexit 0\n',
      { mode: 0o755 },
    );
    const result = await propose('Destructive', { demo: ['app'] });
    expect(result.proposal).toMatchObject({ refused: { code: 'PushDenied' }, outcome: { state: 'Open' } });
    expect(forge.repository.files(forge.repository.ref('main') ?? '')).toEqual(['README.md']);
    expect(forge.repository.files(forge.repository.ref(branch) ?? '')).toContain('clusters/openshift/cluster.yaml');
  });

  test('an empty repository that does not take our first commit is named, with what to do', async () => {
    writeFileSync(join(forge.repository.folder, 'hooks', 'update'), '#!/bin/sh\necho "denied"; exit 1\n', {
      mode: 0o755,
    });
    await expect(propose('All', { demo: ['app'] })).rejects.toMatchObject({
      code: 'BaseMissing',
      hint: expect.stringContaining('first commit'),
    });
  });

  test('a forge that is down keeps nothing from being pushed that needs none', async () => {
    await propose('Destructive', { demo: ['app', 'old'] });
    forge.fault = () => ({ status: 503, text: '<html>down</html>' });
    const result = await propose('Destructive', { demo: ['app', 'new'] });
    expect(result).toMatchObject({ git: { pushed: true }, proposal: { fault: { code: 'ForgeUnavailable' } } });
    forge.fault = undefined;
    expect(await propose('Destructive', { demo: ['app', 'new'] })).toMatchObject({
      proposal: { outcome: { state: 'Open' } },
    });
  });

  test('the branch of a proposal may be named, and is not the one that holds the state', async () => {
    await propose('All', { demo: ['app'] }, { git: { proposalBranch: 'bots/quay' } });
    expect(forge.requests.one(1).head).toBe('bots/quay');
    const result = await propose('All', { demo: ['app', 'x'] }, { git: { proposalBranch: 'main' } });
    expect(result.proposal).toMatchObject({ fault: { code: 'InvalidInput' } });
  });

  test('a folder has no pull requests', async () => {
    await expect(propose('All', { demo: [] }, { state: join(folder, 'state.git') })).rejects.toMatchObject({
      code: 'NoForge',
    });
  });

  test('no token is in a request, a commit or a file left behind', async () => {
    const result = await propose('All', { demo: ['app'] });
    const words = JSON.stringify([result, forge.requests.all(), forge.repository.git(['log', '--all', '--format=%B'])]);
    expect(words).not.toContain(forge.token);
    const cache = join(folder, 'cache');
    const files = readdirSync(cache, { recursive: true, encoding: 'utf8' }).map((name) => join(cache, name));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files.filter((one) => statSync(one).isFile()))
      expect(readFileSync(file, 'latin1')).not.toContain(forge.token);
  });
});
