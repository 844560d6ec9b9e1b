import { largeIntegration, largeOrganization, oldIntegration, smallOrganization } from './samples.js';

type Spec = Readonly<Record<string, unknown>>;
const organization = (change: Spec): object => ({
  ...smallOrganization,
  spec: { ...largeOrganization.spec, ...change },
});
const integration = (change: Spec): object => ({ ...largeIntegration, spec: { ...largeIntegration.spec, ...change } });
const old = (change: Spec): object => ({ ...oldIntegration, spec: { ...oldIntegration.spec, ...change } });
const repository = (change: Spec): object => organization({ repositories: [{ name: 'web', ...change }] });
const caOf = { namespace: 'a', name: 'b' };

/** What is wrong, the object, and words that the refusal has to hold. */
export const badObjects: readonly (readonly [string, object, readonly string[]])[] = [
  ['no spec', { ...smallOrganization, spec: undefined }, ['spec', 'equired']],
  ['a field missing', organization({ integration: undefined }), ['spec.integration', 'equired']],
  ['a field that does not exist', organization({ robot: [] }), ['robot', 'unknown field']],
  ['a value that is none of the choices', organization({ deletionPolicy: 'Keep' }), ['spec.deletionPolicy', 'Retain']],
  ['a name that Quay cannot have', organization({ name: 'Shop' }), ['spec.name', 'should match']],
  [
    'a duration in another notation',
    organization({ tagExpiration: '2 weeks' }),
    ['spec.tagExpiration', 'should match'],
  ],
  [
    'two robots of one name',
    organization({ robots: [{ name: 'ci' }, { name: 'ci' }] }),
    ['spec.robots[1]', 'uplicate'],
  ],
  [
    'two kinds of pruning in one policy',
    organization({ autoPrune: [{ numberOfTags: 2, olderThan: '1d' }] }),
    ['spec.autoPrune[0]', 'exactly one of numberOfTags and olderThan'],
  ],
  [
    'a robot too long for its organization',
    organization({ name: 'o'.repeat(200), robots: [{ name: 'r'.repeat(100) }] }),
    ['a name in robots has more than 255 characters'],
  ],
  [
    'a repository that the API could not reach',
    repository({ name: 'web/mirror' }),
    ['spec.repositories[0].name', 'keeps for itself'],
  ],
  [
    'a notification without its address',
    repository({ notifications: [{ title: 'a', event: 'repo_push', method: 'webhook' }] }),
    ['spec.repositories[0].notifications[0]', 'urlSecretRef is needed for method webhook'],
  ],
  [
    'a team that follows two groups',
    organization({ teams: [{ name: 'owners', sync: { groupName: 'a', groupID: 'b' } }] }),
    ['spec.teams[0].sync'],
  ],
  [
    'a percentage above 100',
    organization({ quota: { size: '1Gi', limits: [{ type: 'Reject', percent: 101 }] } }),
    ['percent'],
  ],
  [
    'two authorities',
    integration({ certificateAuthority: { configMap: caOf, secret: caOf } }),
    ['spec.certificateAuthority', 'exactly one of configMap and secret'],
  ],
  ['no credentials', integration({ credentialsSecret: undefined }), ['spec.credentialsSecret', 'equired']],
  ['a limit below zero', integration({ deletionLimit: -1 }), ['spec.deletionLimit']],
  ['a secret without its namespace', old({ credentialsSecretName: 'quay' }), ['spec.credentialsSecretName']],
];
