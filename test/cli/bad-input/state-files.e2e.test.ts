import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { project, Fixture } from '../../support/quayside.js';
import { refusal } from './refusal.js';
import { cluster, commit, git, head, type Content } from './state-repository.js';

let fixture: Fixture;
let applied: string | undefined;
let record: readonly string[];

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), project('other'), project('kube-own'));
  expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
  applied = head(fixture);
  record = git(fixture, ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/quayside']).split(' ');
});

beforeEach(() => {
  git(fixture, ['update-ref', 'refs/heads/main', applied ?? '']);
  git(fixture, ['update-ref', ...record]);
});

afterAll(async () => fixture.close());

const overlay = `${cluster}/overlays/e2e-demo.yaml`;
const ignore = `${cluster}/ignore.yaml`;
const person = `${cluster}/organizations/team.yaml`;
const other = `${cluster}/organizations/team2.yaml`;
const identity = `${cluster}/cluster.yaml`;
const elsewhere = { linkTo: '/etc/passwd' };

const documentOf = (spec: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'team' },
    spec: { integration: 'quay', name: 'team', ...spec },
  });

/** What apply says once a person has committed these files; they are all that stands in the way of a clean run. */
const saidOf = (files: Readonly<Record<string, Content>>): Promise<string> => {
  commit(fixture, files);
  return refusal(fixture, fixture.inputArguments);
};

describe('an overlay', () => {
  test.each([
    ['tabs', 'spec:\n\temail: a@b.example\n', /overlays\/e2e-demo\.yaml:2:1: Tabs.*indent with spaces/],
    ['a key that stands twice', 'spec:\n  email: a\n  email: b\n', /yaml:3:3: Map keys must be unique \(keep one/],
    ['aliases', 'a: &a [x]\nb: [*a, *a]\n', /yaml:2:5: aliases are not allowed \(\*a\) \(write out/],
    ['20 MB', `# ${'x'.repeat(20_000_000)}\n`, /has 20000003 bytes; at most 65536 are read \(Split it/],
    ['a misspelt field', 'spec:\n  qouta: {size: 1Gi}\n', /yaml:2:3: spec\.qouta: unknown field \(did you mean quota/],
    ['a field above spec', 'quota: {size: 1Gi}\n', /yaml:1:1: quota: unknown field \(write it below spec: spec\.quota/],
    ['a list', '- a\n', /yaml:1:1: the top level must be a mapping/],
    ['another kind', 'kind: QuayIntegration\n', /yaml:1:1: kind: must be QuayOrganization/],
    ['two documents', 'spec: {}\n---\nspec: {}\n', /yaml:2:1: a second document begins here \(one file holds one/],
    ['a link', elsewhere, /e2e-demo\.yaml: is a symbolic link \(Put a regular file there; links are never followed/],
    [
      'another integration',
      'spec: {integration: mine}\n',
      /spec\.integration: an overlay may not change it \(it is quay; leave/,
    ],
    [
      'another namespace',
      'spec: {namespace: other}\n',
      /spec\.namespace: an overlay may not change it \(it is e2e-demo/,
    ],
    [
      'another name',
      'spec: {name: mine}\n',
      /yaml:1:8: spec\.name: an overlay may not change it \(it is openshift_e2e-demo/,
    ],
    [
      'another pull secret',
      'spec:\n  robots:\n    - name: builder\n      pullSecret: {name: mine, serviceAccount: default}\n',
      /yaml:4:7: spec\.robots\[0\]\.pullSecret: an overlay may not change it \(leave it out/,
    ],
  ])('with %s is named, and the document stays as it is', async (_, content, expected) => {
    const said = await saidOf({ [overlay]: content });
    expect(said).toMatch(expected);
    expect(said).toMatch(/e2e-demo +its overlay has to be corrected first/);
  });

  test.each([
    ['nobody.yaml', /nobody\.yaml:1:1: there is no namespace nobody \(Correct the name of the file, or delete it/],
    ['kube-own.yaml', /the namespace kube-own belongs to the platform.*nothing uses this overlay \(Correct/],
    ['E2E-Demo.yaml', /E2E-Demo\.yaml: is not read: its name is not that of a namespace \(An overlay is called/],
    ['e2e-demo.yml', /e2e-demo\.yml: is not read \(Call it e2e-demo\.yaml/],
    ['below/e2e-demo.yaml', /is in a folder below, which is not read \(Move it into clusters\/openshift\/overlays/],
    ['../overlay/e2e-demo.yaml', /overlay\/e2e-demo\.yaml: is not read \(clusters\/openshift holds cluster\.yaml/],
  ])('for a missing namespace, %s, is named', async (name, expected) => {
    const path = name.startsWith('../') ? `${cluster}/${name.slice(3)}` : `${cluster}/overlays/${name}`;
    expect(await saidOf({ [path]: 'spec: {email: a@b.example}\n' })).toMatch(expected);
  });

  test('that can no longer be read takes nothing away that it gave', async () => {
    commit(fixture, { [overlay]: 'spec:\n  repositories: [{name: kept}]\n' });
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    commit(fixture, { [overlay]: elsewhere });
    await refusal(fixture, [...fixture.inputArguments, '--max-deletions', '9']);
    expect(git(fixture, ['show', `main:${cluster}/organizations/e2e-demo.yaml`])).toContain('name: kept');
    commit(fixture, { [overlay]: undefined });
    git(fixture, ['update-ref', 'refs/heads/main', applied ?? '']);
  });
});

describe('ignore.yaml', () => {
  test.each([
    ['tabs', 'namespaces:\n\t- x\n', /ignore\.yaml:2:1: Tabs.*indent with spaces/],
    ['a misspelt field', 'namespace: [x]\n', /ignore\.yaml:1:1: namespace: unknown field \(did you mean namespaces/],
    ['no mapping', 'x\n', /ignore\.yaml:1:1: the top level must be a mapping/],
    ['a link', elsewhere, /ignore\.yaml: is a symbolic link \(Put a regular file there/],
    ['20 MB', `# ${'x'.repeat(20_000_000)}\n`, /ignore\.yaml: has 20000003 bytes.*Split it/],
  ])('with %s stops everything, since nothing may be ignored by mistake', async (_, content, expected) => {
    const said = await saidOf({ [ignore]: content });
    expect(said).toMatch(expected);
    expect(said).toContain('error (StateInvalid)');
  });
});

describe("a person's document", () => {
  test.each([
    ['tabs', 'spec:\n\tname: x\n', /team\.yaml:2:1: Tabs.*indent with spaces/],
    [
      'a misspelt field',
      documentOf({ teems: [] }),
      /team\.yaml:1:\d+: spec\.teems: unknown field \(did you mean teams/,
    ],
    [
      'another kind',
      'apiVersion: v1\nkind: Namespace\n',
      /team\.yaml:2:1: kind: must be QuayOrganization, not "Namespace"/,
    ],
    [
      'an integration that is not there',
      documentOf({ integration: 'kway' }),
      /there is no QuayIntegration kway \(known: quay/,
    ],
    [
      'a namespace not selected',
      documentOf({ namespace: 'kube-own' }),
      /does not select kube-own: it belongs to the platform/,
    ],
    ['a name that leaves', documentOf({ name: '../../team' }), /team\.yaml:1:\d+: spec\.name: must be lower-case/],
    ['a link', elsewhere, /team\.yaml: is a symbolic link \(Put a regular file there/],
  ])('with %s is named and not applied', async (_, content, expected) => {
    expect(await saidOf({ [person]: content })).toMatch(expected);
  });

  test('and another for the same organization are both named, once, and neither is applied', async () => {
    const said = await saidOf({ [person]: documentOf(), [other]: documentOf() });
    expect(said.match(/claimed by \S+team\.yaml \(a person's\) and \S+team2\.yaml.*Keep one of them/g)).toHaveLength(1);
  });

  test('for an organization that is rendered is refused with it, and nothing counts as no longer declared', async () => {
    const said = await saidOf({ [person]: documentOf({ name: 'openshift_e2e-demo' }) });
    expect(said).toMatch(/openshift_e2e-demo is claimed by \S+e2e-demo\.yaml and \S+team\.yaml \(a person's\)/);
    expect(said).not.toContain('no longer declared');
  });

  test('that can no longer be read does not release its organization', async () => {
    commit(fixture, { [person]: documentOf() });
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    commit(fixture, { [person]: 'spec:\n\tbroken\n' });
    expect(await refusal(fixture, [...fixture.inputArguments, '--max-deletions', '9'])).not.toContain(
      'no longer declared',
    );
    commit(fixture, { [person]: documentOf({ robots: [{ name: 'ci' }] }) });
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
  });
});

describe('what stands where Quayside writes', () => {
  test.each([
    [
      'its document is a link',
      { [`${cluster}/organizations/e2e-demo.yaml`]: elsewhere },
      /e2e-demo\.yaml: is a symbolic link/,
    ],
    [
      'its document is broken',
      { [`${cluster}/organizations/e2e-demo.yaml`]: '\tx\n' },
      /e2e-demo\.yaml:1:1: Tabs.*indent with spaces/,
    ],
    [
      'the folder is a link',
      {
        [`${cluster}/organizations/e2e-demo.yaml`]: undefined,
        [`${cluster}/organizations/other.yaml`]: undefined,
        [`${cluster}/organizations`]: { linkTo: '/etc' },
      },
      /clusters\/openshift\/organizations: is a symbolic link \(Put/,
    ],
    [
      'the identity is a link',
      { [identity]: elsewhere },
      /cluster\.yaml does not say which cluster[^]*Restore the file/,
    ],
    ['the identity has tabs', { [identity]: '\tuid: x\n' }, /clusters\/openshift\/cluster\.yaml:1:1: Tabs.*indent/],
    ['the identity is empty', { [identity]: '' }, /cluster\.yaml does not say which cluster[^]*Restore the file/],
    [
      'it is of another cluster',
      { [identity]: 'uid: strange\n' },
      /ClusterChanged[^]*names the cluster strange[^]*choose another/,
    ],
  ] as const)('nothing is written when %s', async (_, files, expected) => {
    const said = await saidOf(files);
    expect(said).toMatch(expected);
    expect(said).not.toContain('no longer declared');
  });
});
