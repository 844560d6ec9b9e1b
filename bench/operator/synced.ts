import { type Fields, objectOrEmpty } from '../../src/json/index.js';
import { createReflector, kubeClient, type Reflector } from '../../src/kube/index.js';
import { type QuayOrganizationStatus } from '../../src/api/index.js';
import type { Fixture } from './fixture.js';

/** Waits until so many organizations say that all they state is in Quay and every robot's secret is linked. */
export async function synced(
  fixture: Fixture,
  wanted: { readonly repositories: number },
  patience: number,
): Promise<void> {
  const client = await kubeClient({ kubeconfig: fixture.plane.kubeconfig, userAgent: 'quayside-bench' });
  const expected = new Set(fixture.projects.map((name) => `openshift.${name}`));
  const request = {
    resource: 'quayorganizations.quayside.dev',
    path: '/apis/quayside.dev/v1alpha1/quayorganizations',
    keep: (object: Fields) => isSynced(object, wanted.repositories),
  };
  const organizations: Reflector<boolean> = createReflector(client, request);
  let tooLate: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      organizations.subscribe((name) => {
        if (organizations.cache.get(name) === true) expected.delete(name);
        else if (fixture.projects.includes(name.slice(name.indexOf('.') + 1))) expected.add(name);
        if (expected.size === 0) resolve();
      });
      tooLate = setTimeout(() => reject(new Error(`not in sync: ${[...expected].join(' ')}`)), patience);
      organizations.start();
    });
  } finally {
    clearTimeout(tooLate);
    await organizations.stop();
    await client.close();
  }
}

function isSynced(object: Fields, repositories: number): boolean {
  const status = objectOrEmpty(object.status) as QuayOrganizationStatus;
  const { conditions = [], robots = [], observedGeneration } = status;
  return (
    observedGeneration === objectOrEmpty(object.metadata).generation &&
    conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True') &&
    status.repositories === repositories &&
    robots.length === 3 &&
    robots.every(({ ready, linked }) => ready && linked)
  );
}
