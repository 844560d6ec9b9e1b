import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  githubAnnotations,
  githubWarnings,
  gitlabAnnotations,
  withoutCommands,
} from '../../src/app/check/annotations.js';
import { checkState, type CheckResult } from '../../src/app/check/check.js';
import { describeCheck } from '../../src/app/check/describe-check.js';
import { readConfiguration } from '../../src/process/configuration.js';
import { formatProblem } from '../../src/errors/index.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';

const folder = 'clusters/openshift';
let top: string;

async function write(path: string, content: string | object): Promise<void> {
  await mkdir(dirname(join(top, path)), { recursive: true });
  await writeFile(join(top, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const namespace = (name: string, uid = name): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid, labels: { quay: 'yes' } },
});
const stream = (of: string, name: string): object => ({
  apiVersion: 'image.openshift.io/v1',
  kind: 'ImageStream',
  metadata: { namespace: of, name },
});

const check = async (...cluster: readonly string[]): Promise<CheckResult> =>
  checkState(
    {
      namespace: 'quayside',
      integration: join(top, 'integration.yaml'),
      state: join(top, 'checkout'),
      ...(cluster.length > 0 && { cluster: cluster.map((name) => join(top, name)) }),
    },
    { ...readConfiguration({}), cacheFolder: join(top, 'cache') },
  );
const told = ({ problems }: CheckResult): readonly string[] => problems.map((problem) => formatProblem(problem));

/** The document of `shop` as Quayside rendered it, with one image stream. */
async function rendered(): Promise<void> {
  const { renderDocuments } = await import('../../src/app/render.js');
  await write('dump.json', {
    apiVersion: 'v1',
    kind: 'List',
    items: [namespace('kube-system', 'c1'), namespace('shop'), stream('shop', 'web')],
  });
  const { wanted } = await renderDocuments(
    {
      namespace: 'quayside',
      integration: join(top, 'integration.yaml'),
      cluster: [join(top, 'dump.json')],
      state: join(top, 'none'),
    },
    { ...readConfiguration({}), cacheFolder: join(top, 'cache') },
  );
  for (const [path, text] of wanted.files) await write(`checkout/${path}`, text);
  await write(
    `checkout/${folder}/cluster.yaml`,
    '# Which cluster this folder belongs to; uid is that of its namespace kube-system.\nclusterID: openshift\nuid: c1\n',
  );
}

beforeEach(async () => {
  top = await temporaryFolder();
  await write('integration.yaml', {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'quay' },
    spec: {
      clusterID: 'openshift',
      quayHostname: 'https://quay.example.com',
      credentialsSecret: { namespace: 'quayside', name: 'quay' },
      namespaceSelector: { matchLabels: { quay: 'yes' } },
    },
  });
});
afterEach(removeTemporary);

describe('a check of a checked-out state repository', () => {
  test('what is fine and rendered already has nothing to do, without a cluster', async () => {
    await rendered();
    const result = await check();
    expect(told(result)).toEqual([]);
    expect(result).toMatchObject({ isWithCluster: false, change: { added: [], changed: [], removed: [] }, plans: [] });
  });

  test('an overlay says what it would do, with a cluster or without', async () => {
    await rendered();
    await write(`checkout/${folder}/overlays/shop.yaml`, 'spec:\n  teams: [{name: developers, members: [ann]}]\n');
    for (const cluster of [[], ['dump.json']]) {
      const result = await check(...cluster);
      expect(told(result)).toEqual([]);
      expect(result.change).toMatchObject({ changed: [`${folder}/organizations/shop.yaml`], removed: [] });
      expect(result.plans.flatMap(({ changes }) => changes.map(({ words }) => words)).join('\n')).toContain(
        'developers',
      );
    }
  });

  test('all faults are told at once, each with its file, line and column', async () => {
    await rendered();
    await write(`checkout/${folder}/overlays/shop.yaml`, 'spec:\n  teams: 7\n  integration: mine\n');
    await write(`checkout/${folder}/overlays/new.yaml`, 'spec:\n  qouta: {size: 1Gi}\n');
    await write(`checkout/${folder}/overlays/Shop2.yml`, 'spec: {}\n');
    await write(`checkout/${folder}/ignore.yaml`, 'namespaces: sandbox\n');
    await write(
      `checkout/${folder}/organizations/team.yaml`,
      'apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: {name: team}\nspec:\n  name: openshift_shop\n  integration: quay\n',
    );
    await write(
      `checkout/${folder}/organizations/lost.yaml`,
      'apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: {name: lost}\nspec:\n  name: lost\n  integration: gone\n',
    );
    await write(`checkout/${folder}/cluster.yaml`, 'clusterID: openshift\n');
    const lines = told(await check());
    expect(lines).toEqual([
      expect.stringMatching(/^clusters\/openshift\/cluster\.yaml:1:1: uid: does not say which cluster/),
      expect.stringMatching(/^clusters\/openshift\/ignore\.yaml:1:1: namespaces: /),
      expect.stringMatching(/organizations\/lost\.yaml:6:3: spec\.integration: there is no QuayIntegration gone/),
      expect.stringMatching(/organizations\/team\.yaml:5:3: spec\.name: the organization openshift_shop is claimed by/),
      expect.stringMatching(/overlays\/Shop2\.yml:1:1: is not read/),
      expect.stringMatching(/overlays\/new\.yaml:2:3: spec\.qouta: unknown field \(did you mean quota/),
      expect.stringMatching(/overlays\/shop\.yaml:2:3: spec\.teams: must be a list, not a number/),
      expect.stringMatching(/overlays\/shop\.yaml:3:3: spec\.integration: an overlay may not change it \(it is quay/),
    ]);
    expect(describeCheck(await check())).toContain('Checked: 2 overlays and 3 documents');
    expect((await check()).change).toBeUndefined();
  });

  test('another cluster, a link and an overlay of nobody are faults', async () => {
    await rendered();
    await write('dump.json', {
      apiVersion: 'v1',
      kind: 'List',
      items: [namespace('kube-system', 'c2'), namespace('shop'), stream('shop', 'web')],
    });
    await write(`checkout/${folder}/overlays/gone.yaml`, 'spec: {}\n');
    await symlink('/etc/passwd', join(top, 'checkout', folder, 'overlays/other.yaml'));
    const lines = told(await check('dump.json')).join('\n');
    expect(lines).toMatch(/cluster\.yaml:3:1: uid: names the cluster c1, and this is c2/);
    expect(lines).toMatch(/gone\.yaml:1:1: there is no namespace gone/);
    expect(lines).toMatch(/other\.yaml.*is a symbolic link/);
    expect(lines).not.toContain('root:');
  });

  test('a folder that is not there is refused', async () => {
    await expect(check()).rejects.toThrow(/checkout: /);
  });
});

describe('annotations', () => {
  const problems = [
    { path: 'spec.x', message: '100% wrong\n::error::forged', hint: 'a, b', source: 'a,b:c.yaml', line: 3, column: 5 },
    { path: '', message: '##[error]two documents', namespace: 'shop' },
  ];

  test('of GitHub warn of what could not be read', () => {
    expect(githubWarnings(['image streams of a\n::error::b'])).toBe(
      '::warning title=Quayside::image streams of a\\n::error::b; documents only grow until it can be read\n',
    );
  });

  test('of GitHub keep the words of other people in one command', () => {
    expect(githubAnnotations(problems)).toBe(
      '::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=Quayside::spec.x: 100%25 wrong\\n::error::forged (a, b)\n' +
        '::error title=Quayside::namespace shop: ##[error]two documents\n',
    );
    expect(withoutCommands('::error::forged\n', 't')).toBe('::stop-commands::t\n::error::forged\n::t::\n');
  });

  test('of GitLab are a report with a file and a fingerprint for each fault', () => {
    const [first, second, third] = JSON.parse(
      gitlabAnnotations([...problems, ...problems.slice(1)], 'cluster.yaml'),
    ) as { fingerprint: string }[];
    expect(first).toMatchObject({ location: { path: 'a,b:c.yaml', lines: { begin: 3 } }, severity: 'critical' });
    expect(second).toMatchObject({ location: { path: 'cluster.yaml', lines: { begin: 1 } }, check_name: 'quayside' });
    expect(second?.fingerprint).not.toBe(third?.fingerprint);
  });
});
