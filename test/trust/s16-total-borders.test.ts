import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { QuaysideError } from '../../src/errors/index.js';
import { explainGitError } from '../../src/git/errors.js';
import { readAddress } from '../../src/git/index.js';
import { GitFailure } from '../../src/git/run/run-git.js';
import { resourceTypes } from '../../src/kube/index.js';
import { type Connections, createConnections } from '../../src/operator/integrations/connections.js';
import { createIntegrations, type Integrations } from '../../src/operator/integrations/integrations.js';
import { createRepositories } from '../../src/operator/integrations/repositories.js';
import { credentialsRule } from '../../src/pipeline/credential-uses.js';
import { checkedUrl } from '../../src/pipeline/git-place.js';
import { operatorInMemory, serving } from '../operator/operator-in-memory.js';
import { eventually } from '../support/eventually.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';

const { quayIntegration, predecessorIntegration } = resourceTypes;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

interface Started {
  readonly integrations: Integrations;
  readonly put: (git: object) => void;
}

async function start(breaks?: { error: Error | undefined }): Promise<Started> {
  const cluster = inMemoryCluster(quayIntegration, predecessorIntegration);
  const operator = operatorInMemory(serving(cluster.client, quayIntegration, predecessorIntegration));
  const { watches, live, settings } = operator;
  const rule = () => Promise.resolve(credentialsRule(settings, watches.integrations.list()));
  const real = createConnections({ store: live, rule, onCall: () => undefined });
  const open: Connections['open'] = (integration) =>
    breaks?.error === undefined ? real.open(integration) : Promise.reject(breaks.error);
  const { configuration, namespace } = settings;
  const repositories = createRepositories({ cluster: live, configuration, namespace, rule, folder: undefined });
  const integrations = createIntegrations(operator, { ...real, open }, repositories);
  stops.push(() => integrations.stop(0), watches.stop, real.closeAll);
  watches.integrations.start();
  watches.predecessorIntegrations.start();
  await Promise.all([watches.integrations.filled(), watches.predecessorIntegrations.filled()]);
  integrations.start();
  const put = (git: object): void => {
    const credentialsSecret = { namespace: 'quayside', name: 'quay' };
    const spec = { quayHostname: 'https://quay.example.test', credentialsSecret, git };
    cluster.put(quayIntegration, { metadata: { name: 'quay' }, spec });
  };
  return { integrations, put };
}

const malformed = [
  'https://ann:50%off@git.example.com/state.git',
  'https://%E0%A4%A@git.example.com/state.git',
  'https://git.example.com:port/state.git',
  'https://[::1/state.git',
  'ssh://',
  'ssh:///state.git',
  'git@:state.git',
  'ext::sh -c true',
  'host/state.git',
];

describe('S16: a malformed git.url', () => {
  test.each(malformed)('(%s) is a condition of the integration', async (url) => {
    const { integrations, put } = await start();
    put({ url });
    await eventually(() => expect(integrations.reported('quay').repository?.code).toBe('InvalidGitUrl'));
    const { message = '' } = integrations.reported('quay').repository ?? {};
    expect(message).not.toContain('50%off');
    expect(integrations.isIdle()).toBe(true);
  });

  test('of whatever kind is either read or InvalidGitUrl', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('%', '%zz', '@', ':', '/', '[', '?'),
    );
    const schemes = fc.constantFrom('https://', 'http://', 'ssh://', 'file://', 'git@', '');
    const url = fc
      .tuple(schemes, fc.array(part, { maxLength: 4 }), fc.constantFrom('', '@git.example.com/state.git'))
      .map(([scheme, parts, rest]) => scheme + parts.join('') + rest);
    const isTold = (read: () => unknown): boolean => {
      try {
        read();
        return true;
      } catch (error) {
        return error instanceof QuaysideError && error.code === 'InvalidGitUrl';
      }
    };
    fc.assert(
      fc.property(url, (text) => isTold(() => readAddress(text)) && isTold(() => checkedUrl(text))),
      { numRuns: 500 },
    );
  });
});

describe('S16: an error that nobody foresaw', () => {
  test('is a condition of the integration, without its words, and goes when it does', async () => {
    const breaks: { error: Error | undefined } = { error: new TypeError('token hunter2 is not a function') };
    const { integrations, put } = await start(breaks);
    put({ url: 'https://git.example.com/state.git' });
    await eventually(() => expect(integrations.reported('quay').fault?.code).toBe('InternalFault'));
    expect(integrations.reported('quay').fault).toMatchObject({
      message: 'Quayside met a fault of its own (TypeError)',
      retryable: true,
    });
    breaks.error = undefined;
    put({ url: 'https://git.example.com/other.git' });
    await eventually(() => expect(integrations.reported('quay').fault).toBeUndefined());
  });
});

test.each([
  "fatal: sha1 file 'objects/pack/tmp_pack_dX' write error. Out of diskspace\nfatal: Unexpected checksum for objects/pack/tmp_pack_dX (disk corruption?)",
  'fatal: write error: No space left on device',
  'error: file write error: Disk quota exceeded',
  'remote: fatal: sha1 file write error. Out of diskspace',
])('S16: a full disk is told as one (%s)', (stderr) => {
  const error = explainGitError(new GitFailure(128, '', stderr), { description: 'there', secrets: [] });
  expect(error).toMatchObject({ code: 'DiskFull', retryable: true });
});
