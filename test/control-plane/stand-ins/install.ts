import { join } from 'node:path';
import type { SharedControlPlane } from '../control-plane.js';
import { served } from '../served.js';

const kinds = [
  'imagestreams.image.openshift.io',
  'imagestreamimports.image.openshift.io',
  'builds.build.openshift.io',
  'buildconfigs.build.openshift.io',
];

/** Gives a control plane the image and build APIs of OpenShift, as far as the tests lean on them. May be done again. */
export async function installStandIns(controlPlane: SharedControlPlane): Promise<void> {
  const files = ['image', 'build'].flatMap((name) => ['--filename', join(import.meta.dirname, `${name}.yaml`)]);
  await controlPlane.kubectl(['apply', '--server-side', '--force-conflicts', ...files]);
  await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...files]);
  await served(controlPlane, kinds);
}
