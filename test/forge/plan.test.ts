import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '@quayside/simulator';
import { type ApplyResult, applyState } from '../../src/app/apply.js';
import { examine } from '../../src/app/doctor.js';
import { describeApplied } from '../../src/app/describe.js';
import { describeProposal } from '../../src/app/describe-proposal.js';
import { readConfiguration } from '../../src/process/configuration.js';
import { imageStream, list, namespace } from '../fixtures/dump.js';
import { integrationObject } from '../fixtures/integration.js';
import { ownershipKey } from '../support/ownership-key.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';
import { type StandIn, startGitHub } from './stand-in.js';

let forge: StandIn;
let quay: Simulator;
let folder: string;
beforeAll(async () => {
  [forge, quay, folder] = [await startGitHub(), await startSimulator(), await temporaryFolder()];
});
afterAll(async () => {
  await Promise.all([forge.close(), quay.close()]);
  await removeTemporary();
});

/** What a command gets of a dump of a cluster in which projects have image streams. */
function inputsOf(projects: Readonly<Record<string, readonly string[]>>) {
  const items = Object.entries(projects).flatMap(([name, streams]) => [
    namespace(name, { annotations: { 'openshift.io/requester': 'ann' } }),
    ...streams.map((stream) => imageStream(name, stream)),
  ]);
  const [cluster, integration] = [`${folder}/cluster.json`, `${folder}/integration.json`];
  writeFileSync(cluster, JSON.stringify(list(items)));
  const spec = {
    credentialsSecret: { namespace: 'quay', name: 'token' },
    quayHostname: quay.url,
    insecureRegistry: true,
    git: { url: forge.gitUrl, review: 'All' },
  };
  writeFileSync(integration, JSON.stringify(integrationObject(spec)));
  const configuration = readConfiguration({
    PATH: process.env['PATH'],
    QUAYSIDE_CACHE: `${folder}/cache`,
    QUAYSIDE_GIT_PASSWORD: forge.token,
    QUAYSIDE_QUAY_TOKEN: quay.credentials.superuser,
    QUAYSIDE_OWNERSHIP_KEY: ownershipKey,
  });
  const options = { cluster: [cluster], integration, namespace: 'quayside', clusterUid: 'uid-1' };
  return { options, configuration };
}

/** What a person's `quayside plan`, or `apply`, does with it. */
function run(projects: Readonly<Record<string, readonly string[]>>, dryRun = true): Promise<ApplyResult> {
  const { options, configuration } = inputsOf(projects);
  return applyState({ ...options, dryRun, maxDeletions: 0 }, configuration);
}

const linesOf = ({ proposal }: ApplyResult): readonly string[] =>
  proposal === undefined ? [] : describeProposal(proposal).split('\n');

describe('quayside plan of an integration under review', () => {
  test('says what is to be reviewed, what is proposed, and which commit is applied, and writes nothing', async () => {
    expect(linesOf(await run({ shop: ['web'] }))).toEqual([expect.stringMatching(/^To be reviewed: \d+ files$/)]);
    expect(forge.requests.all()).toEqual([]);

    await run({ shop: ['web'] }, false);
    const [request] = forge.requests.all();
    const url = expect.stringContaining(`/pull/${request?.number}`);
    const proposed = await run({ shop: ['web'] });
    expect(proposed.proposal?.look).toMatchObject({ state: 'Open', isCurrent: true, request: { number: 1, url } });
    expect(linesOf(proposed)).toEqual([expect.stringMatching(/^Proposed: \S+\/pull\/1$/)]);

    const more = await run({ shop: ['web', 'api'] });
    expect(more.proposal?.look).toMatchObject({ state: 'Open', isCurrent: false });
    expect(linesOf(more)).toEqual([
      expect.stringMatching(/^To be reviewed: \d+ files?$/),
      expect.stringMatching(/^Proposed: \S+\/pull\/1 \(not yet with all of this\)$/),
    ]);
    expect(forge.requests.all().map(({ title }) => title)).toEqual([request?.title]);

    forge.requests.merge(1, 'squash');
    const waiting = await run({ shop: ['web'] });
    expect(describeApplied(waiting)).toContain('; the branch is at ');
    await run({ shop: ['web'] }, false);
    const after = await run({ shop: ['web'] });
    expect(linesOf(after)).toEqual(['']);
    expect(describeApplied(after)).toBe(`Applied: commit ${after.git?.base?.slice(0, 12)}`);
  });

  test('goes on without the forge, and says that nothing is known of the proposal', async () => {
    forge.fault = () => ({ status: 503, text: '<html>down</html>' });
    const { changeSet, proposal } = await run({ shop: ['web', 'worker'] });
    expect(changeSet.totals.unknown).toBe(0);
    expect(proposal?.unseen?.code).toBe('ForgeUnavailable');
  });
});

test('F31 quayside doctor says whether the forge takes pull requests, and when its token ends', async () => {
  forge.fault = undefined;
  const { options, configuration } = inputsOf({ shop: [] });
  const checks = async () => {
    const all = await examine(options, configuration);
    return all.filter(({ name }) => name.includes('forge'));
  };
  const calls = forge.calls.length;
  expect(await checks()).toEqual([
    { name: 'forge', outcome: 'ok', message: expect.stringMatching(/^acme\/state on 127\.0\.0\.1:\d+ \(GitHub\) /) },
  ]);
  expect(forge.calls.slice(calls).filter(({ call }) => !call.startsWith('GET '))).toEqual([]);

  forge.tokenExpires = new Date(Date.now() + 5 * 24 * 3_600_000).toISOString().slice(0, 10);
  expect((await checks())[1]).toMatchObject({
    outcome: 'warning',
    message: expect.stringContaining(forge.tokenExpires),
  });

  const answers = [
    [{ archived: true }, 'archived'],
    [{ disabled: true }, 'archived'],
    [{ permissions: { push: false } }, 'may not push'],
  ] as const;
  for (const [more, words] of answers) {
    forge.fault = ({ path }) =>
      path === '/repos/acme/state' ? { status: 200, body: { id: 1, full_name: 'acme/state', ...more } } : undefined;
    expect((await checks())[0]).toMatchObject({ outcome: 'failed', message: expect.stringContaining(words) });
  }
  forge.fault = ({ path }) =>
    path.startsWith('/repos/') ? { status: 401, body: { message: 'Bad credentials' } } : undefined;
  expect((await checks())[0]).toMatchObject({ outcome: 'failed', message: expect.stringContaining('Bad credentials') });
});
