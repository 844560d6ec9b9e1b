import { randomBytes } from 'node:crypto';
import type { SharedControlPlane } from './control-plane.js';
import { eventually } from '../support/eventually.js';

/** A new namespace that nobody else uses, once its default service account is there; gives its name. */
export async function createNamespace(controlPlane: SharedControlPlane, prefix = 'test'): Promise<string> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  await controlPlane.kubectl(['create', 'namespace', name]);
  await eventually(() => controlPlane.kubectl(['get', 'serviceaccount', 'default', '--namespace', name]));
  return name;
}
