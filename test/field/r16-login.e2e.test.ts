import { chmod, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FakeApiServer, fakeApiServer, notFound } from '../support/fake-api-server.js';
import { Fixture, kubeSystem, project } from '../support/quayside.js';
import { hasTerminal, onTerminal } from './terminal.js';

let fixture: Fixture;
let server: FakeApiServer;

beforeAll(async () => {
  fixture = await Fixture.open();
  server = await fakeApiServer((path) =>
    path === '/api/v1/namespaces' ? [200, { items: [kubeSystem, project('shop')], metadata: {} }] : notFound,
  );
  const config = JSON.parse(await readFile(server.kubeconfig, 'utf8')) as { users: unknown[] };
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: fixture.file('login') };
  config.users = [{ name: 'u', user: { exec } }];
  await writeFile(server.kubeconfig, JSON.stringify(config));
  const said = '{"kind":"ExecCredential","status":{"token":"%s"}}';
  await writeFile(
    fixture.file('login'),
    `#!/bin/sh\nprintf 'Password: ' >&2; read -r typed\nprintf '${said}' "$typed"\n`,
  );
  await chmod(fixture.file('login'), 0o755);
});
afterAll(async () => {
  await server.close();
  await fixture.close();
});

const inputs = (): readonly string[] => ['-i', 'integration.yaml', '--kubeconfig', server.kubeconfig];

(hasTerminal ? test : test.skip)(
  'R16: a login plugin asks at the terminal, and progress does not write over it',
  async () => {
    const { code, stdout } = await onTerminal(fixture, ['plan', ...inputs()], { columns: 80, input: 'typed-by-ada\n' });
    expect(stdout).toContain('Password: ');
    expect(stdout.indexOf('Reading Quay')).toBeGreaterThan(stdout.indexOf('Password: '));
    expect(code).toBe(2);
    expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer typed-by-ada']),
    );
  },
);

test('R16: what a login plugin says is shown where there is no terminal, as it fails', async () => {
  await writeFile(
    fixture.file('login'),
    '#!/bin/sh\necho "your session has ended: visit login.example.com" >&2; exit 1\n',
  );
  const { code, stderr } = await fixture.run('plan', ...inputs());
  expect(code).toBe(1);
  expect(stderr).toContain('your session has ended: visit login.example.com\n');
  expect(stderr).toMatch(/error \(ClusterLoginRejected\): the login plugin .*login of the kubeconfig ended with 1/);
});
