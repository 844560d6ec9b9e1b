import { describe, expect, test } from '@jest/globals';
import { type OptionsInput } from '../../charts/options/props.js';
import { installation, type Written } from './synthesized.js';

const nameOf = ({ kind, metadata: { name, namespace } }: Written): string =>
  [kind, namespace && namespace !== 'quayside' ? `${namespace}/${name}` : name].join(' ').replace(/-[0-9a-f]{10}$/, '');

/** What comes, goes and changes against the committed manifests. */
function differences(options: OptionsInput): readonly string[] {
  const byName = (objects: readonly Written[]): Map<string, string> =>
    new Map(objects.map((one) => [nameOf(one), JSON.stringify(one)]));
  const before = byName(installation());
  const after = byName(installation(options));
  return [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `- ${name}`),
    ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `+ ${name}`),
    ...[...after].filter(([name, text]) => before.has(name) && before.get(name) !== text).map(([name]) => `~ ${name}`),
  ].sort();
}

describe('against the default, an installation', () => {
  test.each<[string, OptionsInput]>([
    ['with another image', { image: 'example.com/quayside:2' }],
    ['with certificates of cert-manager', { certificates: 'cert-manager' }],
    ['with certificates of OpenShift', { certificates: 'service-ca' }],
    ['with a remote state repository', { gitUrl: 'https://git.example.com/state.git' }],
    ['with Fail', { failurePolicy: 'Fail' }],
    ['without a webhook', { webhook: false }],
    ['without what protects it', { networkPolicies: false, disruptionBudgets: false, createNamespace: false }],
    ['with tokens of its own namespace alone', { credentialsNamespaces: ['quayside'] }],
    ['with writes that are limited', { writePolicy: true }],
    ['with a webhook that only the API servers reach (S7)', { apiServerCIDRs: ['10.0.0.0/28', '2001:db8::/64'] }],
    ['with Secrets elsewhere', { credentialsSecret: 'other/token', configMaps: ['authority'] }],
  ])('%s', (_name, options) => {
    expect(differences(options)).toMatchSnapshot();
  });
});
