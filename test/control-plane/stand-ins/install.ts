import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callsTo } from '../calls.js';
import type { SharedControlPlane } from '../control-plane.js';
import { eventually } from '../../support/eventually.js';
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
  await awaitStandIns(controlPlane);
}

/** Waits until the API server serves what was installed. */
export async function awaitStandIns(controlPlane: SharedControlPlane): Promise<void> {
  await Promise.all([served(controlPlane, kinds), heard(controlPlane)]);
}

/** The texts of what is installed. */
export async function standInFiles(): Promise<readonly string[]> {
  return Promise.all(files.map((name) => readFile(fileOf(name), 'utf8')));
}

/** Takes from everybody the right to build, whatever the strategy, as the administrator of a cluster may do. */
export async function restrictBuildStrategies(controlPlane: SharedControlPlane): Promise<void> {
  const bindings = ['docker', 'source', 'jenkinspipeline'].map((name) => `system:build-strategy-${name}-binding`);
  await controlPlane.kubectl(['delete', 'clusterrolebinding', ...bindings]);
}

type File = 'image' | 'build' | 'access' | 'admission';
const files: readonly File[] = ['image', 'build', 'access', 'admission'];
const fileOf = (name: File): string => join(import.meta.dirname, `${name}.yaml`);

function filesOf(...names: readonly File[]): readonly string[] {
  return names.flatMap((name) => ['--filename', fileOf(name)]);
}

/** Waits until the API server goes by the admission policies, which it does a moment after they were written. */
async function heard(controlPlane: SharedControlPlane): Promise<void> {
  const probe = {
    apiVersion: 'build.openshift.io/v1',
    kind: 'Build',
    metadata: { name: 'probe-of-admission', namespace: 'default' },
    spec: { strategy: { dockerStrategy: {} }, output: { to: { kind: 'ImageStream', name: 'probe' } } },
  };
  const { call, close } = callsTo(controlPlane);
  await eventually(async () => {
    const path = '/apis/build.openshift.io/v1/namespaces/default/builds?dryRun=All';
    const { body, warnings } = await call<unknown>('POST', path, probe);
    const said = `${JSON.stringify(body)} ${warnings.join(' ')}`;
    if (!said.includes('policies see an output of kind ImageStreamTag')) throw new Error(said);
  });
  close();
}
