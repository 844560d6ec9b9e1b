import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { tellProposal } from '../../src/operator/git/proposal.js';
import { type KnownIntegration } from '../../src/operator/integrations/known-integration.js';
import { type EventInput, resourceTypes } from '../../src/kube/index.js';
import { createMetrics } from '../../src/process/index.js';
import { clusterId } from '../../src/names/index.js';
import { integration } from '../fixtures/integration.js';
import { removeTemporary } from '../support/temporary.js';
import { branch, type ReviewSession, reviewSession, type WantedFiles } from './session.js';
import { type StandIn, startGitHub } from './stand-in.js';

let forge: StandIn;
let session: ReviewSession;
beforeEach(async () => {
  forge = await startGitHub();
  forge.repository.commit('main', { 'a.yaml': 'a\n' });
  session = await reviewSession(forge);
});
afterEach(async () => {
  await session.close();
  await forge.close();
  await removeTemporary();
});

const failure = { code: 'QuayUnreachable' as const, message: 'there is none', retryable: true };
const known: KnownIntegration = {
  integration: integration({}, { uid: 'uid-1' }),
  type: resourceTypes.quayIntegration,
  id: clusterId('openshift'),
  host: 'quay.example.com',
  quay: { failure },
  repository: { failure },
};

/** One pass of an operator, and what it tells. */
async function told(wanted: WantedFiles) {
  const events: EventInput[] = [];
  const metrics = createMetrics({ version: 'test' });
  const outcome = await session.propose(wanted);
  tellProposal({ recordEvent: (event) => void events.push(event), metrics }, known, { outcome });
  const { values } = await metrics.proposalOpenedTimestampSeconds.get();
  return { events, since: values[0]?.value, labels: values[0]?.labels };
}

describe('what the operator tells of a request', () => {
  test('opened, merged, declined and edited are an Event each, and only an open one has an age', async () => {
    const opened = await told({ 'b.yaml': 'b\n' });
    const regarding = { kind: 'QuayIntegration', name: 'quay', uid: 'uid-1' };
    expect(opened).toMatchObject({
      events: [
        { regarding, type: 'Normal', reason: 'ProposalOpen', note: expect.stringContaining('/acme/state/pull/1') },
      ],
      since: forge.requests.one(1).createdAt / 1_000,
      labels: { integration: 'quay' },
    });
    expect(await told({ 'b.yaml': 'b\n' })).toMatchObject({ events: [], since: opened.since });

    forge.requests.merge(1, 'squash');
    expect(await told({ 'b.yaml': 'b\n' })).toMatchObject({
      events: [{ type: 'Normal', reason: 'ProposalMerged' }],
      since: 0,
    });

    await told({ 'c.yaml': 'c\n' });
    forge.requests.close(2);
    const declined = { type: 'Warning', reason: 'ProposalDeclined', note: expect.stringContaining('pull request 2') };
    expect(await told({ 'c.yaml': 'c\n' })).toMatchObject({ events: [declined], since: 0 });

    await told({ 'd.yaml': 'd\n' });
    forge.repository.commit(branch, { 'd.yaml': 'by hand\n' });
    const edited = { type: 'Warning', reason: 'ProposalEdited', note: expect.stringContaining('pull request 3') };
    expect(await told({ 'd.yaml': 'd\n' })).toMatchObject({ events: [edited], since: 0 });
    // Once, however often it is looked at.
    expect(await told({ 'd.yaml': 'd\n' })).toMatchObject({ events: [] });
  });
});

test('a request that is to be merged by itself gets one comment when something would be lost by it, and stays so', async () => {
  await session.propose({ 'b.yaml': 'b\n' });
  forge.requests.one(1).autoMerge = true;
  for (let passes = 0; passes < 2; passes += 1) await session.propose({ 'b.yaml': 'b\n', 'a.yaml': undefined });
  const { autoMerge, comments, title } = forge.requests.one(1);
  expect({ autoMerge, title }).toEqual({ autoMerge: true, title: expect.stringContaining('(destructive)') });
  expect(comments).toMatchObject([{ body: expect.stringContaining('lost for good') }]);
});

test.each(['the text of the request', 'the message of its commit'])(
  'trailers survive a squash whose message is %s',
  async (which) => {
    await session.propose({ 'b.yaml': 'b\n' });
    const { title, body } = forge.requests.one(1);
    const own = forge.repository.git(['log', '-1', '--format=%B', branch]);
    forge.requests.merge(1, 'squash', which.includes('text') ? `${title} (#1)\n\n${body}` : own);
    await session.repository.head();
    const [entry] = await session.repository.log(1);
    expect(Object.fromEntries(entry?.trailers ?? [])).toMatchObject({
      'Quayside-Cluster': 'openshift',
      'Quayside-Integration': 'quay',
    });
  },
);
