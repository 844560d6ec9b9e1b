import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { project, Fixture } from '../../support/quayside.js';
import { refusal } from './refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'));
  await fixture.write('bad.json', '{');
  await fixture.write('document.yaml', 'apiVersion: v1\nkind: Secret\n');
});

afterAll(async () => fixture.close());

const inputArguments = ['--cluster', 'cluster.json', '--integration', 'integration.yaml'];

test.each([
  [['aply'], /unknown command 'aply'\n\(Did you mean apply\?\)/],
  [['plan', '--cluste', 'x'], /unknown option '--cluste'\n\(Did you mean --cluster\?\)/],
  [['plan', 'more'], /too many arguments for 'plan'/],
  [['plan', ...inputArguments, '-o', 'yml'], /argument 'yml' is invalid\. Allowed choices are text, json/],
  [['render', ...inputArguments, '-o', 'text'], /argument 'text' is invalid\. Allowed choices are yaml, json/],
  [['apply', ...inputArguments, '--max-deletions', '-1'], /'-1' is invalid\. It must be a whole number/],
  [['apply', ...inputArguments, '--state', ''], /--state.*It must not be empty/],
  [
    ['apply', ...inputArguments, '--ca-file', 'nowhere.pem'],
    /nowhere\.pem: there is no such file or folder[^]*Check the path/,
  ],
  [
    ['apply', ...inputArguments, '--ca-file', 'cluster.json'],
    /cluster\.json holds no PEM certificate[^]*BEGIN CERTIFICATE/,
  ],
  [
    ['apply', ...inputArguments, '-f', 'nowhere.yaml'],
    /nowhere\.yaml: there is no such file or folder \(Check the path/,
  ],
  [
    ['apply', ...inputArguments, '-f', 'document.yaml'],
    /document\.yaml:2:1: kind: must be QuayOrganization, not "Secret"/,
  ],
  [['render', ...inputArguments, '--folder', 'cluster.json'], /cluster\.json: cannot be written: .*Name a folder/],
  [['plan', '-i', 'integration.yaml', '--kubeconfig', 'nowhere'], /nowhere: there is no such file/],
  [['export', '../x', '-i', 'integration.yaml'], /"\.\.\/x" is no name of an organization[^]*as Quay shows it/],
  [['export', '', '-i', 'integration.yaml'], /"" is no name of an organization/],
  [['export', 'nobody', '-i', 'integration.yaml'], /there is no organization nobody in http/],
  [['simulate', '--port', '99999'], /It must be a port, 0 to 65535/],
  [['simulate', '--scenario', 'bad.json'], /bad\.json: not JSON/],
  [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
])('the option %j is refused with a hint', async ([command, ...args], expected) => {
  expect(await refusal(fixture, args, { command })).toMatch(expected);
});

test('a token as an option is refused, and not repeated', async () => {
  expect(await refusal(fixture, [...inputArguments, '--token', fixture.token])).toContain("unknown option '--token'");
});

test('the same document given twice counts once', async () => {
  const spec = { integration: 'quay', name: 'team' };
  const metadata = { name: 'team' };
  await fixture.write('team.yaml', { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', metadata, spec });
  const { code, stderr } = await fixture.run('plan', ...inputArguments, '-f', 'team.yaml', 'team.yaml');
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
});
