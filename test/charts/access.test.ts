import { describe, expect, test } from '@jest/globals';
import { type Rule } from '../../charts/access/rule.js';
import { type OptionsInput } from '../../charts/options/props.js';
import { bundledInstall, installation, ofKind, type Written } from './synthesized.js';

const options: OptionsInput = {
  secrets: ['mirror', 'other/quay-token'],
  configMaps: ['other/authority'],
  gitUrl: 'https://git.example.com/state.git',
  gitSecret: 'git',
};
const installations: readonly (readonly [string, readonly Written[]])[] = [
  ['by default', installation()],
  ['with more Secrets', installation(options)],
  ['with cert-manager', installation({ certificates: 'cert-manager' })],
  ['without a webhook', installation({ webhook: false })],
];

const rolesOf = (objects: readonly Written[]): readonly { readonly role: Written; readonly rule: Rule }[] =>
  objects
    .filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
    .flatMap((role) => (role.rules ?? []).map((rule) => ({ role, rule })));

const readsSecrets = ({ resources, verbs }: Rule): boolean =>
  resources.includes('secrets') &&
  verbs.some((verb) => ['get', 'list', 'watch', 'patch', 'update', 'delete'].includes(verb));

describe('the RBAC rules', () => {
  test.each(installations)('%s have no wildcard, and none to widen themselves', (_how, objects) => {
    for (const { rule } of rolesOf(objects)) {
      expect([...rule.apiGroups, ...rule.resources, ...rule.verbs].join(' ')).not.toContain('*');
      for (const verb of ['impersonate', 'bind', 'escalate', 'deletecollection'])
        expect(rule.verbs).not.toContain(verb);
      for (const resource of ['pods/exec', 'roles', 'clusterroles', 'serviceaccounts/token', 'nodes']) {
        expect(rule.resources).not.toContain(resource);
      }
    }
  });

  test.each(installations)(
    '%s let one ClusterRole list Secrets, and no other role read them but by name',
    (_how, objects) => {
      const unnamed = rolesOf(objects).filter(({ rule }) => readsSecrets(rule) && rule.resourceNames === undefined);
      expect(unnamed.map(({ role }) => `${role.kind} ${role.metadata.name}`)).toEqual([
        'ClusterRole quayside-pull-secrets',
      ]);
      const bindings = objects.filter(({ roleRef }) => roleRef?.name === 'quayside-pull-secrets');
      expect(bindings.flatMap(({ subjects }) => subjects ?? [])).toEqual([
        { kind: 'ServiceAccount', name: 'quayside', namespace: 'quayside' },
      ]);
    },
  );

  test.each(installations)(
    '%s are bound to accounts that are there, each role by the binding of its name',
    (_how, objects) => {
      const accounts = Object.keys(ofKind(objects, 'ServiceAccount'));
      for (const { kind, metadata, roleRef, subjects } of objects.filter((one) => one.roleRef !== undefined)) {
        expect(roleRef).toMatchObject({ kind: kind.replace('Binding', ''), name: metadata.name });
        for (const { name } of subjects ?? []) expect(accounts).toContain(name);
      }
      for (const { role } of rolesOf(objects)) {
        const { name, namespace } = role.metadata;
        const bound = objects.filter((one) => one.roleRef?.name === name && one.metadata.namespace === namespace);
        expect(bound).toHaveLength(1);
      }
    },
  );

  test('let the webhook write nothing', () => {
    const objects = installation();
    const ofWebhook = objects
      .filter(({ subjects }) => subjects?.some(({ name }) => name === 'quayside-webhook'))
      .map(({ metadata }) => metadata.name);
    const rules = rolesOf(objects).filter(({ role }) => ofWebhook.includes(role.metadata.name));
    expect(rules.length).toBeGreaterThan(0);
    for (const { rule } of rules) for (const verb of rule.verbs) expect(['get', 'list', 'watch']).toContain(verb);
  });

  test("keep the CA's key from the webhook", () => {
    const objects = installation();
    const readers = rolesOf(objects).filter(({ rule }) => rule.resourceNames?.includes('quayside-webhook-authority'));
    const bindings = ofKind(objects, 'RoleBinding');
    const accounts = readers.map(({ role }) => bindings[role.metadata.name]?.subjects?.map(({ name }) => name));
    expect(accounts).toEqual([['quayside'], ['quayside-certificates', 'quayside']]);
  });

  test('reach the Secrets that were named, where they are', () => {
    const objects = installation(options);
    const named = rolesOf(objects)
      .filter(
        ({ role, rule }) =>
          role.kind === 'Role' && rule.verbs.includes('list') && role.metadata.name !== 'quayside-webhook',
      )
      .map(({ role, rule }) => [role.metadata.namespace, ...rule.resources, ...(rule.resourceNames ?? [])].join(' '));
    expect(named).toEqual([
      'quayside secrets quayside-ownership',
      'quayside configmaps quayside-ownership-keys',
      'quayside secrets git mirror quay-token',
      'other secrets quay-token',
      'other configmaps authority',
      'quayside secrets quayside-webhook-authority quayside-webhook-certificate',
    ]);
  });

  test('in the bundle keep the same rules', () => {
    const { clusterPermissions, permissions } = bundledInstall();
    const all = [...clusterPermissions, ...permissions];
    expect([...new Set(all.map(({ serviceAccountName }) => serviceAccountName))]).toEqual([
      'quayside',
      'quayside-webhook',
    ]);
    const unnamed = all.flatMap(({ rules }) => rules).filter((rule) => readsSecrets(rule) && !rule.resourceNames);
    expect(unnamed).toHaveLength(1);
    expect(JSON.stringify(all)).not.toContain('"*"');
  });
});
