import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { allScopes } from '../../simulator/src/auth/scopes.js';
import { Fixture, type Finished } from '../support/quayside.js';

const here = '/organization/devtools';
const web = '/repository/devtools/web';
const base = '/repository/devtools/base/nginx';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open({
    fixtures: {
      users: ['admin', 'alice', 'bob', 'carol'].map((name) => ({
        name,
        email: `${name}@example.com`,
        superuser: name === 'admin',
      })),
      credentials: { superuser: { owner: 'admin', scopes: allScopes } },
    },
    features: { TEAM_SYNCING: true },
  });
  await makeDevtools();
});

afterEach(async () => fixture.close());

const tell = (target: object) => ({ method: 'quay_notification', config: { target } });

/** An organization as somebody who knows all of Quay's pages would make it. */
async function makeDevtools(): Promise<void> {
  const repository = (name: string, visibility: string, description: string): Promise<unknown> =>
    fixture.ask('POST', '/repository', { namespace: 'devtools', repository: name, visibility, description });
  const prototype = (role: string, delegate: object, creator?: string): Promise<unknown> =>
    fixture.ask('POST', `${here}/prototypes`, {
      role,
      delegate,
      ...(creator && { activating_user: { name: creator } }),
    });

  await fixture.ask('POST', '/organization/', { name: 'devtools', email: 'devtools@example.com' });
  await fixture.ask('PUT', here, { tag_expiration_s: 604_800 });
  await fixture.ask('PUT', `${here}/robots/builder`, { description: 'pushes: "everything"' });
  await fixture.ask('PUT', `${here}/robots/reader`, {});
  await fixture.ask('PUT', `${here}/team/developers`, {
    role: 'creator',
    description: '# Developers\n\n- all of them\n',
  });
  await fixture.ask('PUT', `${here}/team/auditors`, { role: 'member', description: '' });
  for (const member of ['alice', 'bob', 'devtools+builder'])
    await fixture.ask('PUT', `${here}/team/developers/members/${encodeURIComponent(member)}`);
  await fixture.ask('PUT', `${here}/team/owners/members/carol`);
  await fixture.ask('POST', `${here}/team/auditors/syncing`, { group_dn: 'cn=auditors' });
  await prototype('write', { kind: 'team', name: 'developers' });
  await prototype('read', { kind: 'user', name: 'devtools+reader' });
  await prototype('admin', { kind: 'user', name: 'alice' }, 'bob');
  await prototype('read', { kind: 'user', name: 'carol' });
  await prototype('write', { kind: 'user', name: 'carol' });

  await repository('web', 'private', 'The *web* site');
  await repository('base/nginx', 'public', '');
  await fixture.ask('PUT', `${web}/permissions/user/alice`, { role: 'admin' });
  await fixture.ask('PUT', `${web}/permissions/user/devtools%2Bbuilder`, { role: 'write' });
  await fixture.ask('PUT', `${web}/permissions/team/auditors`, { role: 'read' });

  await fixture.ask('POST', `${here}/quota`, { limit_bytes: 20 * 1024 ** 3 });
  const [quota] = (await fixture.ask('GET', `${here}/quota`)) as { id: number }[];
  const limits = `${here}/quota/${quota?.id}/limit`;
  await fixture.ask('POST', limits, { type: 'Warning', threshold_percent: 80 });
  await fixture.ask('POST', limits, { type: 'Reject', threshold_percent: 100 });
  await fixture.ask('POST', `${here}/autoprunepolicy/`, { method: 'number_of_tags', value: 50 });
  await fixture.ask('POST', `${web}/autoprunepolicy/`, {
    ...{ method: 'creation_date', value: '30d', tagPattern: '^dev-', tagPatternMatches: true },
  });
  await fixture.ask('POST', `${here}/immutabilitypolicy/`, { tagPattern: '^v[0-9]+' });
  await fixture.ask('POST', `${web}/immutabilitypolicy/`, { tagPattern: 'latest', tagPatternMatches: false });
  await fixture.ask('POST', `${base}/mirror`, {
    external_reference: 'registry.example.com/library/nginx',
    external_registry_username: 'puller',
    external_registry_password: 'hunter2',
    external_registry_config: { verify_tls: true, proxy: { http_proxy: 'http://proxy.example.com:3128' } },
    sync_interval: 3600,
    sync_start_date: '2026-01-31T00:00:00Z',
    root_rule: { rule_kind: 'tag_glob_csv', rule_value: ['1.*', 'latest'] },
    robot_username: 'devtools+builder',
    skopeo_timeout_interval: 600,
  });
  const told = (title: string, event: string, eventConfig: object, how: object): Promise<unknown> =>
    fixture.ask('POST', `${web}/notification/`, { title, event, eventConfig, ...how });
  await told('pushes', 'repo_push', {}, tell({ kind: 'user', name: 'alice' }));
  await told('expiry', 'repo_image_expiry', { days: 7 }, tell({ kind: 'team', name: 'developers' }));
  await told('hook', 'repo_push', {}, { method: 'webhook', config: { url: 'https://hooks.example.com/secret' } });
  await fixture.ask('POST', `${here}/applications`, { name: 'pipeline' });
}

const options = ['--integration', 'integration.yaml', '--cluster-uid', '5b0f4f7e-2f4d-4c0c-9c3b-0d5f6a7b8c9d'];

async function exported(name: string): Promise<Finished> {
  const finished = await fixture.run('export', name, '--integration', 'integration.yaml');
  await fixture.write(`${name}.yaml`, finished.stdout);
  return finished;
}

/** What plan says, line by line. */
async function planOf(name: string): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { code, stdout, stderr } = await fixture.run('plan', '-f', `${name}.yaml`, ...options, '--adoption', 'Always');
  expect(stderr).toBe('');
  return {
    code,
    lines: stdout
      .split('\n')
      .filter((line) => /^ {2}(?:[+~>!-] |\. skipped)/.test(line))
      .map((line) => line.slice(4)),
  };
}

async function apply(name: string): Promise<void> {
  const { code, stderr } = await fixture.run('apply', '-f', `${name}.yaml`, ...options, '--adoption', 'Always');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const nothing = { code: 0, lines: [] };
const pending = (...lines: readonly string[]) => ({ code: 2, lines });

describe('an organization that was made by hand', () => {
  test('is exported with all that a document can state, and names what it cannot', async () => {
    const { code, stdout, stderr } = await exported('devtools');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const comments = stdout.split('\n').filter((line) => line.startsWith('#'));
    for (const left of [
      'application pipeline',
      'default permissions of user carol, of which there are several',
      'notification hook (webhook) of repository web',
      'password of the mirror base/nginx, which Quay does not show',
    ])
      expect(comments.join('\n')).toContain(left);
    for (const secret of ['hunter2', 'hooks.example.com', fixture.token]) expect(stdout).not.toContain(secret);
  });

  test('is taken over with the ownership marker alone; what somebody changes comes back, what somebody adds stays', async () => {
    await exported('devtools');
    expect(await planOf('devtools')).toEqual(pending('write the ownership marker of Quayside'));
    await apply('devtools');
    expect(await planOf('devtools')).toEqual(nothing);

    const changes: readonly (readonly [string, string, object | undefined, string])[] = [
      ['PUT', here, { email: 'other@example.com' }, 'set the e-mail address to devtools@example.com'],
      ['PUT', `${here}/team/developers`, { role: 'admin' }, 'make team developers creator, was admin'],
      ['DELETE', `${here}/team/developers/members/bob`, undefined, 'add bob to team developers'],
      ['PUT', `${web}/permissions/team/auditors`, { role: 'admin' }, 'give team auditors read, was admin, on web'],
      ['DELETE', `${web}/permissions/user/alice`, undefined, 'give user alice admin on web'],
      ['POST', `${web}/changevisibility`, { visibility: 'public' }, 'make web private'],
      ['PUT', web, { description: '' }, 'change the description of web'],
      ['PUT', `${base}/mirror`, { sync_interval: 60 }, 'change interval of the mirror base/nginx'],
      ['DELETE', `${here}/robots/reader`, undefined, 'create robot reader'],
    ];
    for (const [method, path, body, back] of changes) {
      await fixture.ask(method, path, body);
      const { code, lines } = await planOf('devtools');
      expect({ code, first: lines[0] }).toEqual({ code: 2, first: back });
      if (!path.includes('/robots/')) expect(lines).toEqual([back]);
      else expect(lines.filter((line) => !line.includes('robot reader'))).toEqual([]);
      await apply('devtools');
      expect(await planOf('devtools')).toEqual(nothing);
    }

    await fixture.ask('PUT', `${here}/robots/added`, {});
    await fixture.ask('PUT', `${here}/team/auditors`, { role: 'member', description: 'added' });
    await fixture.ask('PUT', `${web}/permissions/user/bob`, { role: 'write' });
    await fixture.ask('POST', `${web}/immutabilitypolicy/`, { tagPattern: 'added' });
    expect(await planOf('devtools')).toEqual(nothing);
  });

  test('that is a cache is taken over with the ownership marker alone, not as a creation that was cut', async () => {
    await fixture.ask('POST', '/organization/', { name: 'cache' });
    await fixture.ask('POST', '/organization/cache/proxycache', {
      upstream_registry: 'registry.example.com/library',
      upstream_registry_username: 'puller',
      upstream_registry_password: 'hunter2',
      expiration_s: 3600,
    });
    const { stdout } = await exported('cache');
    expect(stdout).toContain('credentials of the proxy cache, which Quay does not show');
    expect(stdout).not.toContain('hunter2');
    expect(await planOf('cache')).toEqual(pending('write the ownership marker of Quayside'));
    const { stdout: mark } = await fixture.run(
      'plan',
      '-f',
      'cache.yaml',
      ...options,
      '--adoption',
      'Always',
      '-o',
      'json',
    );
    expect(mark).toContain('"decision": "TakeOver"');
    expect(mark).toContain('origin: adopted');
    await apply('cache');
    expect(await planOf('cache')).toEqual(nothing);
    await fixture.ask('DELETE', '/organization/cache/proxycache');
    expect(await planOf('cache')).toEqual(pending('cache registry.example.com/library'));
    await apply('cache');
    expect(await planOf('cache')).toEqual(nothing);
  });

  test('is refused without a word about adoption', async () => {
    await exported('devtools');
    const { code, stdout, stderr } = await fixture.run('apply', '-f', 'devtools.yaml', ...options);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('OrganizationNotOurs');
  });
});
