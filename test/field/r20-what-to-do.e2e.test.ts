import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { project, Fixture } from '../support/quayside.js';
import { refusal } from '../cli/bad-input/refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
});
afterAll(async () => fixture.close());

test.each([
  ['a value', 'kind: Namespace\nmetadata:\n  name: {{ .Values.name }}-x\n'],
  ['a whole value', 'kind: Namespace\nmetadata:\n  name: {{ .Values.name }}\n'],
  ['a condition', '{{- if .Values.on }}\nkind: Namespace\n{{- end }}\n'],
  ['a statement of Jinja', '{% if on %}\nkind: Namespace\n{% endif %}\n'],
  ['an item of a list', 'kind: List\nitems:\n- kind: Namespace\n  metadata:\n    name: {{ .Values.name }}-x\n'],
])('R20: a dump with a template in %s says to render it first', async (_, text) => {
  await fixture.write('template.yaml', `apiVersion: v1\n${text}`);
  const said = await refusal(fixture, ['-c', 'template.yaml', '-i', 'integration.yaml']);
  expect(said).toMatch(/template\.yaml:\d+:\d+: is not valid YAML: .*render it first, with helm template/);
});

test('R20: a dump that is broken elsewhere goes on to be told as that', async () => {
  await fixture.write('broken.yaml', `kind: Namespace\nmetadata:\n  annotations: {a: '{{ x }}'\n`);
  expect(await refusal(fixture, ['-c', 'broken.yaml', '-i', 'integration.yaml'])).not.toContain('template');
});

test.each([[[]], [['-o', 'json']], [['--folder', 'out']]])(
  'R20: render %j says why there is no document',
  async (more) => {
    await fixture.cluster(project('shop'), project('web'));
    await fixture.integration({ denylistNamespaces: ['shop', 'web'] });
    const { code, stderr } = await fixture.run('render', ...fixture.inputArguments, ...more);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^No documents\. Skipped: 3 namespaces\n[^]*shop +is on denylistNamespaces\n/);
  },
);
