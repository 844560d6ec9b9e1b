import { describe, expect, test } from '@jest/globals';
import { type OptionsInput } from '../../charts/options/props.js';
import { installation, type WorkloadSpec, type Written } from './synthesized.js';

const options: OptionsInput = {
  gitUrl: 'https://git.example.com/acme/state.git',
  gitSecret: 'git',
  gitForgeSecret: 'forge',
  gitHookSecret: 'hook',
};
const one = (kind: string, name: string, given = options): Written | undefined =>
  installation(given).find((object) => object.kind === kind && object.metadata.name === name);
const operator = (given = options) =>
  (one('Deployment', 'quayside', given)?.spec as WorkloadSpec | undefined)?.template.spec.containers[0];

describe('gitHookSecret', () => {
  test('has the operator listen, and shows that port alone by a Service of its own', () => {
    expect(operator()).toMatchObject({
      args: expect.arrayContaining(['--hooks=:8090']),
      ports: [
        { name: 'metrics', containerPort: 8080 },
        { name: 'hooks', containerPort: 8090 },
      ],
    });
    expect(one('Service', 'quayside-hooks')?.spec).toEqual({
      selector: { 'app.kubernetes.io/name': 'quayside', 'app.kubernetes.io/component': 'operator' },
      ports: [{ name: 'hooks', port: 80, targetPort: 'hooks', protocol: 'TCP' }],
    });
  });

  test('opens the port in the NetworkPolicy of the operator', () => {
    expect(one('NetworkPolicy', 'quayside')?.spec).toMatchObject({
      ingress: [
        {
          ports: [
            { protocol: 'TCP', port: 8080 },
            { protocol: 'TCP', port: 8090 },
          ],
        },
      ],
    });
  });

  test('names the Secrets of forge and webhook in the Role of the operator', () => {
    const named = installation(options)
      .filter(({ kind }) => kind === 'Role')
      .flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.resourceNames ?? []));
    expect(named).toEqual(expect.arrayContaining(['quay-token', 'git', 'forge', 'hook']));
  });

  test('left out, nothing listens and nothing is open', () => {
    const { gitHookSecret: _, ...without } = options;
    expect(operator(without)?.args.join(' ')).not.toContain('hooks');
    expect(one('Service', 'quayside-hooks', without)).toBeUndefined();
    expect(JSON.stringify(one('NetworkPolicy', 'quayside', without))).not.toContain('8090');
  });
});
