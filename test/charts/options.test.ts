import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkOptions } from '../../charts/options/check.js';
import { optionsFromEnvironment, variableFor } from '../../charts/options/environment.js';
import { type OptionsInput } from '../../charts/options/props.js';
import { readOptions } from '../../charts/options/read.js';
import { optionsSchema } from '../../charts/options/schema.js';
import { InvalidInput } from '../../src/errors/index.js';

const complaintOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  throw new Error('it was taken');
};

describe('an option of the wrong type or range', () => {
  test.each([
    ['namespace', 'Quayside'],
    ['namespace', ''],
    ['namespace', 'a'.repeat(64)],
    ['createNamespace', 'perhaps'],
    ['image', 'quayside'],
    ['image', 'registry.example.com/quayside'],
    ['image', 'registry.example.com/quayside:latest'],
    ['image', 'registry.example.com/quayside@sha256:abc'],
    ['image', 'https://registry.example.com/quayside:1'],
    ['image', 7],
    ['imagePullPolicy', 'Never'],
    ['imagePullSecrets', 'pull'],
    ['imagePullSecrets', ['Pull']],
    ['logLevel', 'loud'],
    ['operatorReplicas', 0],
    ['operatorReplicas', 1.5],
    ['operatorReplicas', 'two'],
    ['webhookReplicas', 0],
    ['webhookReplicas', 11],
    ['operatorResources', { requests: { cpu: '100m' }, limits: { memory: '1Gi' } }],
    ['webhookResources', { requests: { cpu: 'much', memory: '1Gi' }, limits: { memory: '1Gi' } }],
    ['jobResources', '1Gi'],
    ['runAsUser', 0],
    ['runAsUser', 'root'],
    ['nodeSelector', ['infra']],
    ['nodeSelector', { infra: 1 }],
    ['tolerations', { key: 'infra' }],
    ['tolerations', [{ key: 'infra', effect: 'Never' }]],
    ['priorityClassName', 'System Critical'],
    ['httpProxy', 'proxy.example.com:3128'],
    ['httpsProxy', 'http://user:hunter2@proxy.example.com'],
    ['noProxy', ''],
    ['webhook', 1],
    ['failurePolicy', 'ignore'],
    ['certificates', 'vault'],
    ['networkPolicies', 'yes, please'],
    ['apiServerCIDRs', '10.0.0.0/8'],
    ['apiServerCIDRs', []],
    ['apiServerCIDRs', ['10.0.0.1']],
    ['disruptionBudgets', null],
    ['secrets', 'quay-token'],
    ['secrets', ['a/b/c']],
    ['configMaps', ['Authority']],
    ['integration', 'Quay'],
    ['clusterID', ''],
    ['clusterID', 'x'.repeat(64)],
    ['quayHostname', 'https://user@quay.example.com'],
    ['quayHostname', 'https://quay.example.com/path'],
    ['credentialsSecret', '/token'],
    ['credentialsNamespaces', 'quayside'],
    ['credentialsNamespaces', []],
    ['gitUrl', ''],
    ['gitUrl', 'https://git.example.com/a b'],
    ['gitBranch', ''],
    ['gitSecret', 'Git'],
    ['gitForgeSecret', 'Forge'],
    ['gitHookSecret', ''],
    ['gitReview', 'all'],
    ['gitSync', 'Argo'],
    ['stateVolumeSize', 'big'],
    ['stateVolumeStorageClass', 'Fast!'],
  ])('%s: %j fails with its path and a hint', (option, value) => {
    const complaint = complaintOf(() => checkOptions({ [option]: value }, 'options.yaml'));
    expect(complaint).toMatch(new RegExp(`^options\\.yaml: ${option}[.[\\]\\w]*: .+ \\(.+\\)$`));
    expect(complaint).not.toContain('hunter2');
  });

  test('that is unknown fails with what was meant', () => {
    expect(complaintOf(() => checkOptions({ webhookReplica: 2 }))).toBe(
      'webhookReplica: unknown field (did you mean webhookReplicas?)',
    );
  });

  test.each([[[]], ['text'], [7]])('as %j in place of options fails', (value) => {
    expect(complaintOf(() => checkOptions(value, 'options.yaml'))).toMatch(
      /^options\.yaml: must be a mapping.* \(.+\)$/,
    );
  });

  test('does not hide the others', () => {
    const complaint = complaintOf(() => checkOptions({ image: 'x:latest', webhookReplicas: 0, logLevel: 'loud' }));
    expect(complaint.split('\n')).toHaveLength(3);
  });
});

describe('options that contradict each other', () => {
  const gitUrl = 'https://git.example.com/state.git';
  const small = { requests: { cpu: '1', memory: '512Mi' }, limits: { memory: '0.25Gi' } };
  test.each([
    ['operatorReplicas', { operatorReplicas: 2 }],
    ['gitBranch', { gitBranch: 'state' }],
    ['gitPath', { gitPath: 'quay' }],
    ['gitSecret', { gitSecret: 'git' }],
    ['gitForgeSecret', { gitForgeSecret: 'forge' }],
    ['gitHookSecret', { gitHookSecret: 'hook' }],
    ['gitReview', { gitReview: 'All' as const }],
    ['gitSync', { gitSync: 'External' as const }],
    ['stateVolumeSize', { gitUrl, stateVolumeSize: '1Gi' }],
    ['stateVolumeStorageClass', { gitUrl, stateVolumeStorageClass: 'fast' }],
    ['webhookReplicas', { failurePolicy: 'Fail' as const, webhookReplicas: 1 }],
    ['failurePolicy', { webhook: false, failurePolicy: 'Fail' as const }],
    ['certificates', { webhook: false, certificates: 'cert-manager' as const }],
    ['webhookReplicas', { webhook: false, webhookReplicas: 3 }],
    ['operatorResources.requests.memory', { operatorResources: small }],
    [
      'webhookResources.requests.cpu',
      { webhookResources: { requests: { cpu: '1', memory: '1Mi' }, limits: { cpu: '900m', memory: '1Mi' } } },
    ],
    ['noProxy', { noProxy: 'example.com' }],
    ['tolerations[0].key', { tolerations: [{ effect: 'NoSchedule' as const }] }],
    ['tolerations[0].value', { tolerations: [{ operator: 'Exists' as const, value: 'x' }] }],
  ])('fail at %s', (path, options) => {
    const complaint = complaintOf(() => checkOptions(options));
    expect(complaint.startsWith(`${path}: `)).toBe(true);
    expect(complaint).toMatch(/ \(.+\)$/);
  });

  test('are taken when they agree', () => {
    expect(checkOptions({ gitUrl, operatorReplicas: 3, gitSync: 'External', gitReview: 'All' })).toMatchObject({
      gitUrl,
    });
    expect(checkOptions({ failurePolicy: 'Fail' })).toMatchObject({ webhookReplicas: 2 });
    expect(checkOptions({ tolerations: [{ operator: 'Exists' }] })).toBeDefined();
  });

  test('stay right once their defaults are filled in', () => {
    for (const options of [{}, { gitUrl }, { webhook: false }]) {
      expect(checkOptions(checkOptions(options))).toEqual(checkOptions(options));
    }
  });
});

test('every option is described for people who write code', () => {
  const source = readFileSync(resolve(import.meta.dirname, '../../charts/options/props.ts'), 'utf8').replace(
    /\s+/g,
    ' ',
  );
  for (const [option, field] of Object.entries(optionsSchema.shape)) {
    const [words = ''] = field.meta()?.description?.split(' Default: ') ?? [];
    expect(source).toMatch(new RegExp(`${escape(words)} @default [^*]+ \\*/ readonly ${option}\\?: `));
  }
  // Both say the same: what one lets through has to fit the other.
  const written: OptionsInput = optionsSchema.parse({});
  expect(checkOptions(written)).toEqual(optionsSchema.parse(written));
});

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('options from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-options-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const path = join(folder, 'options.yaml');
    writeFileSync(path, text);
    return path;
  };

  test('come from a file, and over it from the environment', () => {
    const QUAYSIDE_OPTIONS = file('namespace: from-file\nwebhookReplicas: 3\nnodeSelector: {infra: ""}\n');
    const options = readOptions({ QUAYSIDE_OPTIONS, QUAYSIDE_OPTION_WEBHOOK_REPLICAS: '4' });
    expect(options).toMatchObject({ namespace: 'from-file', webhookReplicas: 4, nodeSelector: { infra: '' } });
  });

  test('come from a file in JSON, or from none', () => {
    expect(readOptions({ QUAYSIDE_OPTIONS: file('{"logLevel": "debug"}') }).logLevel).toBe('debug');
    expect(readOptions({ QUAYSIDE_OPTIONS: file('') })).toEqual(readOptions({}));
    expect(readOptions({ QUAYSIDE_OPTIONS: '' })).toEqual(checkOptions({}));
  });

  test('have a variable each', () => {
    expect(variableFor('clusterID')).toBe('QUAYSIDE_OPTION_CLUSTER_ID');
    expect(variableFor('stateVolumeStorageClass')).toBe('QUAYSIDE_OPTION_STATE_VOLUME_STORAGE_CLASS');
    const variables = Object.keys(optionsSchema.shape).map(variableFor);
    expect(new Set(variables).size).toBe(variables.length);
  });

  test('are taken as text where text will do, else as YAML', () => {
    expect(
      optionsFromEnvironment({
        QUAYSIDE_OPTION_CLUSTER_ID: '007',
        QUAYSIDE_OPTION_RUN_AS_USER: '1001',
        QUAYSIDE_OPTION_WEBHOOK: 'false',
        QUAYSIDE_OPTION_TOLERATIONS: '[{operator: Exists}]',
        QUAYSIDE_OPTION_SECRETS: '[a, b/c]',
        OTHER: 'x',
      }),
    ).toEqual({
      clusterID: '007',
      runAsUser: 1001,
      webhook: false,
      tolerations: [{ operator: 'Exists' }],
      secrets: ['a', 'b/c'],
    });
  });

  test.each([
    [{ QUAYSIDE_OPTION_REPLICAS: '2' }, /QUAYSIDE_OPTION_REPLICAS: is not an option \(there are .*WEBHOOK_REPLICAS/],
    [{ QUAYSIDE_OPTION_TOLERATIONS: '[{' }, /tolerations: must be a list.*\(.+\)/],
    [{ QUAYSIDE_OPTION_WEBHOOK_REPLICAS: 'many' }, /webhookReplicas: must be a.* number.*\(.+\)/],
    [{ QUAYSIDE_OPTIONS: '/nowhere/options.yaml' }, /\/nowhere\/options\.yaml: there is no such file/],
    [{ QUAYSIDE_OPTIONS: '/' }, /is a folder/],
  ])('%j fail', (environment, words) => {
    expect(complaintOf(() => readOptions(environment))).toMatch(words);
  });

  test('that are no YAML fail with the place', () => {
    const QUAYSIDE_OPTIONS = file('namespace: [\nimage: x\n');
    expect(complaintOf(() => readOptions({ QUAYSIDE_OPTIONS }))).toMatch(/options\.yaml:2:\d+: is no YAML/);
  });
});
