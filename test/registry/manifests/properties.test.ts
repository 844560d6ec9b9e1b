import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { registryManifests, secretManifests } from '../../../src/manifests/index.js';
import { type Manifest } from '../../../src/registry/index.js';
import { anyRegistry, canary } from '../support/arbitrary.js';
import { newRandomValues, openshift, resultOf } from '../support/inputs.js';
import { podOf, workloadsOf } from './rendered.js';

test('of any registry, right or wrong, every object has a name once, every reference leads somewhere, and nothing is secret', async () => {
  await fc.assert(
    fc.asyncProperty(anyRegistry, async ({ options: _labels, components: _overrides, ...given }) => {
      const { model, secrets } = resultOf(given);
      const [manifests, apart] = [await registryManifests(model), await secretManifests(model, secrets)];
      const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
      expect(await registryManifests(model)).toEqual(manifests);
      expect(danglingIn(manifests, apart)).toEqual([]);
      const shown = JSON.stringify(manifests);
      const secretTexts = [canary, ...Object.values(newRandomValues), openshift.bucket?.secretKey ?? ''];
      expect(secretTexts.filter((text) => shown.includes(text))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

/** Secrets, ConfigMaps, claims and accounts that pods name and nobody makes, but for those that may be missing. */
function danglingIn(manifests: readonly Manifest[], secrets: readonly Manifest[]): readonly string[] {
  const there = new Set([...manifests, ...secrets].map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  return workloadsOf(manifests)
    .flatMap((workload) => {
      const { serviceAccountName, volumes = [], containers, initContainers = [] } = podOf(workload).spec;
      const projected = volumes.flatMap(({ projected: sources }) => sources?.sources ?? []);
      const variables = [...containers, ...initContainers].flatMap(({ env = [] }) => env);
      return [
        `ServiceAccount/${serviceAccountName}`,
        ...projected.flatMap(({ secret }) =>
          secret === undefined || secret.optional ? [] : [`Secret/${secret.name}`],
        ),
        ...projected.flatMap(({ configMap }) => (configMap === undefined ? [] : [`ConfigMap/${configMap.name}`])),
        ...volumes.flatMap(({ secret }) => (secret === undefined ? [] : [`Secret/${secret.secretName}`])),
        ...volumes.flatMap(({ configMap }) => (configMap === undefined ? [] : [`ConfigMap/${configMap.name}`])),
        ...volumes.flatMap(({ persistentVolumeClaim: claim }) =>
          claim === undefined ? [] : [`PersistentVolumeClaim/${claim.claimName}`],
        ),
        ...variables.flatMap(({ valueFrom }) => {
          const { secretKeyRef: from } = valueFrom ?? {};
          return from === undefined || from.optional ? [] : [`Secret/${from.name}`];
        }),
      ];
    })
    .filter((reference) => !there.has(reference));
}
