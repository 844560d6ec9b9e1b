import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'));
  await fixture.write('broken.yaml', 'kind: Namespace\nmetadata: {name: [}\n');
  await fixture.write(
    'wrong.yaml',
    'apiVersion: quay.redhat.com/v1\nkind: QuayIntegration\nmetadata: {name: q}\nspec: {}\n',
  );
});
afterAll(async () => fixture.close());

const inputs = ['-c', 'cluster.json', '-i', 'integration.yaml'];

test.each([
  [['plan', '-c', 'absent.yaml', '-o', 'json'], { code: 'InvalidInput', problems: [{ source: 'absent.yaml' }] }],
  [
    ['apply', '-c', 'broken.yaml', '--output=json'],
    { code: 'InvalidInput', problems: [{ source: 'broken.yaml', line: 2 }] },
  ],
  [['diff', '-c', 'cluster.json', '-i', 'wrong.yaml', '-o', 'json'], { code: 'InvalidInput' }],
  [['doctor', '-c', 'cluster.json', '-i', 'absent', '--output', 'json'], { code: 'InvalidInput' }],
  [
    ['render', ...inputs, '-o', 'json', '--kubeconfig'],
    { code: 'InvalidInput', message: expect.stringContaining('--kubeconfig') },
  ],
  [['plan', '--nonsense', '-o', 'json'], { code: 'InvalidInput', message: expect.stringContaining('--nonsense') }],
  [
    ['registry', 'render', '--nonsense', '-o', 'json'],
    { code: 'InvalidInput', message: expect.stringContaining('--nonsense') },
  ],
  [
    ['ownership', 'show', '--nonsense', '-o', 'json'],
    { code: 'InvalidInput', message: expect.stringContaining('--nonsense') },
  ],
  [['release', '--kubeconfig', '/nowhere', '-o', 'json'], { code: 'InvalidInput', retryable: false }],
  [['plan', ...inputs, '--token-file', '/nowhere', '-o', 'json'], { code: expect.any(String), retryable: false }],
])('M5: the error of %j is JSON on stdout, and words on stderr', async (args, error) => {
  const { code, stdout, stderr } = await fixture.run(...args);
  expect(code).toBe(1);
  const said = JSON.parse(stdout) as { error: Record<string, unknown> };
  expect(said.error).toMatchObject(error);
  expect(Object.keys(said)).toEqual(['error']);
  expect(stderr).toMatch(/^(?:error|quayside)/);
  expect(stdout + stderr).not.toContain(fixture.token);
});

test('M5: an error that may go away says so', async () => {
  await fixture.integration({ quayHostname: 'http://127.0.0.1:1' });
  const environment = { QUAYSIDE_QUAY_TOKEN: 'canary-token' };
  const { code, stdout } = await fixture.start(['plan', ...inputs, '-o', 'json'], environment).finished;
  await fixture.integration();
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'QuayUnreachable', retryable: true } });
  expect(stdout).not.toContain('canary-token');
});

test.each(['text', 'markdown'])('M5: under -o %s stdout stays empty', async (format) => {
  const { code, stdout } = await fixture.run('plan', '-c', 'absent.yaml', '-o', format);
  expect([code, stdout]).toEqual([1, '']);
});

test('M5: diff has its problems and what is unknown in its JSON', async () => {
  const { stdout } = await fixture.run('diff', ...inputs, '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ problems: [], unknown: [expect.stringContaining('image streams')] });
});
