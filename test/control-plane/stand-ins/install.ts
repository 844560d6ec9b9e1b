import { join } from 'node:path';
import type { SharedControlPlane } from '../control-plane.js';
import { eventually } from '../eventually.js';
import { served } from '../served.js';

const kinds = [
  'imagestreams.image.openshift.io',
  'imagestreamimports.image.openshift.io',
  'builds.build.openshift.io',
  'buildconfigs.build.openshift.io',
];

/** Gives a control plane the image and build APIs of OpenShift, as far as the tests lean on them. May be done again. */
export async function installStandIns(controlPlane: SharedControlPlane): Promise<void> {
  const crds = filesOf('image', 'build');
  const apply = ['apply', '--server-side', '--force-conflicts'];
  await controlPlane.kubectl([...apply, ...crds, ...filesOf('access', 'admission')]);
  await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...crds]);
  await Promise.all([served(controlPlane, kinds), heard(controlPlane)]);
}

/** Takes from everybody the right to build, whatever the strategy, as the administrator of a cluster may do. */
export async function restrictBuildStrategies(controlPlane: SharedControlPlane): Promise<void> {
  const bindings = ['docker', 'source', 'jenkinspipeline'].map((name) => `system:build-strategy-${name}-binding`);
  await controlPlane.kubectl(['delete', 'clusterrolebinding', ...bindings]);
}

function filesOf(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => ['--filename', join(import.meta.dirname, `${name}.yaml`)]);
}

/** Waits until the API server goes by the admission policies, which it does a moment after they were written. */
async function heard(controlPlane: SharedControlPlane): Promise<void> {
  const probe = {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { name: 'probe-of-admission', namespace: 'default' },
    spec: { strategy: { dockerStrategy: {} }, output: { to: { kind: 'ImageStream', name: 'probe' } } },
  };
  await eventually(async () => {
    const input = JSON.stringify(probe);
    const said = await controlPlane.kubectl(['create', '--dry-run=server', '-f', '-'], { input }).then(String, String);
    if (!said.includes('policies see an output of kind ImageStreamTag')) throw new Error(said);
  });
}
