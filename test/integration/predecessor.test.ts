import { expect, test } from '@jest/globals';
import { Sealed } from '../../src/api/index.js';
import { predecessorEvidence, type PredecessorFacts } from '../../src/predecessors/index.js';
import { type PredecessorEvidence } from '../../src/ownership/index.js';
import { type PullSecretRecord } from '../../src/kube/index.js';
import { RobotToken } from '../../src/quay/index.js';

const secret = (username: string, password: string, more: Partial<PullSecretRecord> = {}): PullSecretRecord => ({
  namespace: 'shop',
  name: 'builder-quay-openshift',
  labels: {},
  entries: [{ host: 'quay.example.com', username, password: new Sealed(password) }],
  ...more,
});
const evidence = (
  pullSecrets: readonly PullSecretRecord[],
  more: Partial<PredecessorFacts> = {},
): PredecessorEvidence =>
  predecessorEvidence({
    namespace: { name: 'shop', finalizers: ['kubernetes'] },
    pullSecrets,
    organization: 'openshift_shop',
    tokens: new Map([
      ['builder', new RobotToken('current')],
      ['empty', new RobotToken('')],
    ]),
    ...more,
  });

test.each(['quay.redhat.com/quayintegrations', 'redhatcop.redhat.io/quayintegrations'])(
  'the finalizer %s speaks for a predecessor',
  (finalizer) => {
    const said = evidence([], { namespace: { name: 'shop', finalizers: ['kubernetes', finalizer] } });
    expect(said).toEqual({ finalizer, currentTokens: [] });
  },
);

test('a secret with the current token of a robot speaks for a predecessor', () => {
  const said = evidence([secret('other', 'x'), secret('openshift_shop+builder', 'current')]);
  expect(said).toEqual({ finalizer: undefined, currentTokens: ['builder'] });
});

test.each<[string, PullSecretRecord]>([
  ['an old token', secret('openshift_shop+builder', 'older')],
  ['the token of another robot', secret('openshift_shop+default', 'current')],
  ['a robot of another organization', secret('openshift_shopx+builder', 'current')],
  ['no token at all', secret('openshift_shop+empty', '')],
  ['another namespace', secret('openshift_shop+builder', 'current', { namespace: 'other' })],
  [
    'our own label',
    secret('openshift_shop+builder', 'current', { labels: { 'app.kubernetes.io/managed-by': 'quayside' } }),
  ],
  ['no entry', secret('', '', { entries: [] })],
])('%s does not speak for a predecessor', (_, found) => {
  expect(evidence([found]).currentTokens).toEqual([]);
});
