import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  clusterId,
  isKubernetesName,
  isQuayName,
  labelValue,
  objectName,
  organizationName,
  robotName,
  secretName,
} from '../../src/names/index.js';
import { clusterIdText, namespace, serviceAccount } from './arbitraries.js';

const id = clusterId('openshift');
const runs = { numRuns: 2000 };

/** Different inputs never meet in one output. */
function injective(arbitrary: fc.Arbitrary<string>, map: (input: string, id: string) => string): void {
  fc.assert(
    fc.property(clusterIdText, arbitrary, arbitrary, (text, one, other) => {
      if (one !== other) expect(map(one, text)).not.toBe(map(other, text));
    }),
    runs,
  );
}

describe('organizationName', () => {
  test.each([
    ['openshift', 'e2e-demo', 'openshift_e2e-demo'],
    ['Prod', 'web', 'prod_web'],
    ['eu.west', 'a', 'eu.west_a'],
    ['prod_eu', 'web', 'prod_eu_web'],
  ])('%s and %s keep the name that the predecessors gave: %s', (text, name, organization) => {
    expect(organizationName(clusterId(text), name)).toBe(organization);
  });

  test.each([
    ['openshift', 'a--b', /^openshift_a-b\.[0-9a-z]{13}$/],
    ['prod-', 'web', /^prod_web\.[0-9a-z]{13}$/],
    ['my cluster', 'web', /^my-cluster_web\.[0-9a-z]{13}$/],
    ['日本', 'web', /^x_web\.[0-9a-z]{13}$/],
  ])('%s and %s are escaped', (text, name, organization) => {
    expect(organizationName(clusterId(text), name)).toMatch(organization);
  });

  test('the escape never changes between versions', () => {
    expect(organizationName(id, 'a--b')).toMatchInlineSnapshot(`"openshift_a-b.3vu11z87tqajv"`);
  });

  test('Quay takes every name, and a name it takes as it is stays as it is', () => {
    fc.assert(
      fc.property(clusterIdText, namespace, (text, name) => {
        const organization = organizationName(clusterId(text), name);
        expect(isQuayName(organization)).toBe(true);
        const plain = `${clusterId(text)}_${name}`;
        if (isQuayName(plain)) expect(organization).toBe(plain);
      }),
      runs,
    );
  });

  test('is total: any text has a name that Quay takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isQuayName(organizationName(id, text))).toBe(true);
      }),
    );
  });

  test('no two namespaces share an organization', () => {
    injective(namespace, (name, text) => organizationName(clusterId(text), name));
  });

  test('a namespace named like the escape of another gets another name', () => {
    const escaped = organizationName(id, 'a--b').replace('openshift_', '').replace('.', '-');
    expect(organizationName(id, escaped)).not.toBe(organizationName(id, 'a--b'));
  });

  test('two clusters on one registry do not meet', () => {
    const pair = fc.tuple(clusterIdText, namespace);
    fc.assert(
      fc.property(pair, pair, ([oneId, oneName], [otherId, otherName]) => {
        const [one, other] = [clusterId(oneId), clusterId(otherId)];
        if (one === other && oneName === otherName) return;
        expect(organizationName(one, oneName)).not.toBe(organizationName(other, otherName));
      }),
      runs,
    );
  });
});

describe('objectName', () => {
  test('is the cluster ID and the namespace', () => {
    expect(objectName(id, 'e2e-demo')).toBe('openshift.e2e-demo');
    expect(objectName(id, 'a--b')).toBe('openshift.a--b');
    expect(objectName(clusterId('prod_eu'), 'web')).toMatch(/^prod-eu-x[0-9a-z]{13}\.web$/);
  });

  test('Kubernetes takes every one of them, and no two are the same', () => {
    fc.assert(
      fc.property(clusterIdText, namespace, (text, name) => {
        expect(isKubernetesName(objectName(clusterId(text), name))).toBe(true);
      }),
    );
    injective(namespace, (name, text) => objectName(clusterId(text), name));
  });
});

describe('robotName', () => {
  test.each(['builder', 'default', 'deployer', 'pipeline.runner'])('%s keeps its name', (name) => {
    expect(robotName(name)).toBe(name);
  });

  test.each(['a', 'a--b', 'a.b--c', 'x'.repeat(253)])('%s is escaped', (name) => {
    expect(robotName(name)).toMatch(/^[a-z0-9-]+_[0-9a-z]{13}$/);
  });

  test('Quay takes every one beside its organization, and no two are the same', () => {
    fc.assert(
      fc.property(clusterIdText, namespace, serviceAccount, (text, name, account) => {
        const robot = robotName(account);
        expect(isQuayName(robot)).toBe(true);
        expect(`${organizationName(clusterId(text), name)}+${robot}`.length).toBeLessThanOrEqual(255);
      }),
      runs,
    );
    injective(serviceAccount, robotName);
  });
});

describe('secretName', () => {
  test('is the name that the predecessors used', () => {
    expect(secretName('builder', id)).toBe('builder-quay-openshift');
  });

  test('follows the lower-cased cluster ID, like the organization', () => {
    expect(secretName('builder', clusterId('Prod'))).toBe('builder-quay-prod');
  });

  test('Kubernetes takes every one of them, and no two are the same', () => {
    fc.assert(
      fc.property(clusterIdText, serviceAccount, (text, account) => {
        expect(isKubernetesName(secretName(account, clusterId(text)))).toBe(true);
      }),
      runs,
    );
    injective(serviceAccount, (account, text) => secretName(account, clusterId(text)));
  });

  test('an account named like the escape of another gets another secret', () => {
    const long = 'x'.repeat(253);
    const lookalike = secretName(long, id);
    expect(secretName(lookalike.replace(/-quay-openshift$/, ''), id)).not.toBe(lookalike);
  });
});

describe('labelValue', () => {
  test('a short name stays, a long one is cut and told apart', () => {
    expect(labelValue('quay')).toBe('quay');
    expect(labelValue('a.b-c')).toBe('a.b-c');
    const long = (end: string): string => labelValue(`${'x'.repeat(200)}${end}`);
    expect(long('a')).not.toBe(long('b'));
    expect(long('a').length).toBeLessThanOrEqual(63);
  });
});
