import { randomBytes } from 'node:crypto';
import { callsTo } from './calls.js';
import type { SharedControlPlane } from './control-plane.js';
import { eventually } from '../support/eventually.js';

/** A new namespace that nobody else uses, once its default service account is there; gives its name. */
export async function createNamespace(controlPlane: SharedControlPlane, prefix = 'test'): Promise<string> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  const { expect, close } = callsTo(controlPlane);
  try {
    await expect('POST', '/api/v1/namespaces', { metadata: { name } });
    await eventually(() => expect('GET', `/api/v1/namespaces/${name}/serviceaccounts/default`));
    return name;
  } finally {
    close();
  }
}
