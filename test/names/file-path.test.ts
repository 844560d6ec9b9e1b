import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clusterId, namespaceOfFile, statePaths } from '../../src/names/index.js';
import { clusterIdText, namespace } from './arbitraries.js';

const id = clusterId('openshift');

describe('statePaths', () => {
  test('is the layout of the state repository', () => {
    const paths = statePaths(id);
    expect({ ...paths, organization: paths.organization('web'), overlay: paths.overlay('web') }).toEqual({
      cluster: 'clusters/openshift',
      identity: 'clusters/openshift/cluster.yaml',
      ignore: 'clusters/openshift/ignore.yaml',
      organizations: 'clusters/openshift/organizations',
      overlays: 'clusters/openshift/overlays',
      readme: 'clusters/openshift/README.md',
      schemas: 'clusters/openshift/schemas',
      organization: 'clusters/openshift/organizations/web.yaml',
      overlay: 'clusters/openshift/overlays/web.yaml',
    });
  });

  test.each(['registry/state', './registry/state/', '/registry//state'])('stays below the path %s', (path) => {
    expect(statePaths(id, path).cluster).toBe('registry/state/clusters/openshift');
  });

  test.each(['..', 'a/../../b', '.git', 'a/.GIT/hooks', 'a\\b', 'a\u0000b', 'c:'])('refuses the path %j', (path) => {
    expect(() => statePaths(id, path)).toThrow(expect.objectContaining({ code: 'InvalidInput', retryable: false }));
  });

  test.each(['../x', 'a/b', '', '.', 'A', 'a.b', '-a'])('refuses the namespace %j', (name) => {
    expect(() => statePaths(id).organization(name)).toThrow(expect.objectContaining({ code: 'InvalidInput' }));
  });

  test('the folder is the cluster ID where a file can carry it', () => {
    expect(statePaths(clusterId('prod_eu.1')).cluster).toBe('clusters/prod_eu.1');
    expect(statePaths(clusterId('a/b')).cluster).toMatch(/^clusters\/a-b-x[0-9a-z]{13}$/);
  });

  test('no cluster ID and no path leave the folder', () => {
    fc.assert(
      fc.property(clusterIdText, namespace, (text, name) => {
        const path = statePaths(clusterId(text), 'state').organization(name);
        expect(posix.normalize(path)).toBe(path);
        expect(path.split('/')).toHaveLength(5);
        expect(path).toMatch(/^state\/clusters\/[a-z0-9][^/]*\/organizations\//);
      }),
    );
  });

  test('two cluster IDs have two folders', () => {
    fc.assert(
      fc.property(clusterIdText, clusterIdText, (one, other) => {
        if (clusterId(one) === clusterId(other)) return;
        expect(statePaths(clusterId(one)).cluster).not.toBe(statePaths(clusterId(other)).cluster);
      }),
    );
  });
});

describe('namespaceOfFile', () => {
  test('is the way back from a path', () => {
    fc.assert(
      fc.property(namespace, (name) => {
        const paths = statePaths(id, 'x');
        expect(namespaceOfFile(paths.overlays, paths.overlay(name))).toBe(name);
      }),
    );
  });

  test.each(['x/web.yml', 'y/web.yaml', 'x/sub/web.yaml', 'x/README.md', 'x/.yaml'])(
    'knows no namespace for %s',
    (path) => {
      expect(namespaceOfFile('x', path)).toBeUndefined();
    },
  );
});
