import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { connectQuay } from '../../../src/quay/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { document } from '../../fixtures/playground.js';
import { type Fixture, openFixture } from './fixture.js';
import { askedOf, callAsAdmin, organizationsIn, silenceLog } from './quay-calls.js';

const projects = ['a', 'b', 'c', 'd'];
const nameOf = (project: string): string => `openshift_${project}`;

type Call = readonly [method: string, path: string, body?: object];

/** What somebody else does in an organization: what we undo, what we leave alone, and what takes it from us. */
const foreign: Readonly<Record<string, (organization: string) => readonly Call[]>> = {
  'a robot of ours is deleted': (at) => [['DELETE', `/organization/${at}/robots/default`]],
  'a robot of theirs is made': (at) => [['PUT', `/organization/${at}/robots/theirs`]],
  'a repository of ours is deleted': (at) => [['DELETE', `/repository/${at}/web`]],
  'a repository of ours gets another role': (at) => [
    ['PUT', `/repository/${at}/web/permissions/user/${at}+builder`, { role: 'read' }],
  ],
  'a repository of theirs is made': (at) => [
    ['POST', '/repository', { namespace: at, repository: 'theirs', visibility: 'private', description: '' }],
  ],
  'a repository of ours is made public': (at) => [
    ['POST', `/repository/${at}/web/changevisibility`, { visibility: 'public' }],
  ],
  'a quota is set by a route of superusers': (at) => [
    ['POST', `/superuser/organization/${at}/quota`, { limit_bytes: 1_000_000 }],
  ],
  'the marker is edited': (at) => [
    ['PUT', `/organization/${at}/team/quayside`, { role: 'member', description: 'of somebody else' }],
  ],
};

const declared = 'a repository is declared';

const steps = fc.record({
  project: fc.constantFrom(...projects),
  change: fc.constantFrom(declared, ...Object.keys(foreign)),
  // Else Quay's log shows no row of it.
  isLogged: fc.boolean(),
});
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** Two operators in one: `log` follows the audit log of its Quay, `full` has the token of somebody who may not read it. */
const integrations = ['log', 'full'] as const;
const users = [
  { name: 'admin', email: 'admin@example.com', superuser: true },
  { name: 'dev', email: 'dev@example.com' },
];
const scopes = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read'];
const credentials = { superuser: { owner: 'admin', scopes: [...scopes, 'super:user'] }, dev: { owner: 'dev', scopes } };

const day = 86_400_000;

async function open(): Promise<Fixture> {
  let behind = day;
  const clock = (): Date => new Date(Date.now() - behind);
  const fixture = await openFixture(integrations, { fixtures: { users, credentials }, clock });
  const quay = fixture.quays.get('full');
  if (quay === undefined) throw new Error('there is no Quay');
  const token = (): string => quay.credentials.dev ?? '';
  const value = connectQuay({ url: quay.url, token, delay: () => Promise.resolve() });
  for (const name of integrations) {
    const known = fixture.known.get(name);
    if (known === undefined) throw new Error(`there is no ${name}`);
    const spec = { ...known.integration.spec, interval: '1s', fullInterval: '2s' };
    fixture.connect(name, {
      integration: { ...known.integration, spec },
      ...(name === 'full' && { quay: { value } }),
    });
  }
  for (const project of projects) {
    fixture.put(resourceTypes.namespace, { metadata: { name: project, uid: project } });
    for (const name of integrations) declare(fixture, name, project, ['web']);
  }
  for (const project of projects) for (const name of integrations) await fixture.ready(`${name}.${project}`);
  behind = 0;
  fixture.rounds.start();
  return fixture;
}

function declare(fixture: Fixture, integration: string, project: string, repositories: readonly string[]): void {
  fixture.state(`${integration}.${project}`, document(project, repositories, { integration }).spec);
}

/** Does a step in both, waits until both have read everything, and gives what the operators wrote. */
async function play(fixture: Fixture, { project, change, isLogged }: Step, at: number): Promise<readonly Played[]> {
  const quays = [...fixture.quays];
  for (const [, quay] of quays) {
    if (!isLogged) await silenceLog(quay);
    quay.requests.reset();
  }
  const calls = foreign[change]?.(nameOf(project)) ?? [];
  for (const [name, quay] of quays) {
    for (const one of calls) await callAsAdmin(quay, ...one);
    if (change === declared) declare(fixture, name, project, ['web', `more-${at}`]);
  }
  const before = quays.map(([, quay]) => askedOf(quay).length);
  await fixture.until(() => {
    quays.forEach(([, quay], which) => {
      expect(organizationsIn(askedOf(quay).slice(before[which]))).toEqual(projects.map(nameOf));
    });
    expect(fixture.organizations.isIdle()).toBe(true);
  });
  return quays.map(([, quay]) => {
    quay.faults.clear();
    const writes = askedOf(quay).filter((one) => !one.startsWith('GET '));
    for (const [method, path] of calls) {
      const at = writes.indexOf(`${method} /api/v1${path}`);
      expect(at).toBeGreaterThanOrEqual(0);
      writes.splice(at, 1);
    }
    const questions = askedOf(quay).filter((one) => one.includes('/superuser/aggregatelogs'));
    return { writes: writes.sort(), questions: questions.length };
  });
}

interface Played {
  readonly writes: readonly string[];
  /** How often the audit log was asked. */
  readonly questions: number;
}

test('whatever others do in Quay, an operator that follows the audit log writes what one does that reads everything', async () => {
  const sum = { writes: 0, questions: 0 };
  const first = { project: 'a', change: declared, isLogged: true };
  const history = fc.array(steps, { minLength: 3, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const fixture = await open();
      try {
        for (const [at, step] of [first, ...steps].entries()) {
          const [log, full] = await play(fixture, step, at);
          expect(log?.writes).toEqual(full?.writes);
          expect(full?.questions).toBe(0);
          sum.writes += log?.writes.length ?? 0;
          sum.questions += log?.questions ?? 0;
        }
      } finally {
        await fixture.close();
      }
    }),
    // A history takes ten seconds, nearly all of it waiting for intervals.
    { numRuns: 2, endOnFailure: true },
  );
  expect(sum.writes).toBeGreaterThan(0);
  expect(sum.questions).toBeGreaterThan(0);
});
