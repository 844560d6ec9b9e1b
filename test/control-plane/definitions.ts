import { customResourceDefinitions } from '../../src/api/crd/index.js';
import type { SharedControlPlane } from './control-plane.js';
import { served } from './served.js';

/** Gives a control plane the definitions of Quayside's own resources. May be done again. */
export async function installCrds(controlPlane: SharedControlPlane): Promise<void> {
  const items = customResourceDefinitions();
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await controlPlane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input });
  await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=60s', '-f', '-'], { input });
  await served(
    controlPlane,
    items.map(({ metadata }) => metadata.name),
  );
}
