import { randomBytes } from 'node:crypto';
import type { SharedControlPlane } from './control-plane.js';
import { eventually } from '../support/eventually.js';

/** A new namespace that nobody else uses, once its default service account is there; gives its name. */
export async function createNamespace({ edits }: SharedControlPlane, prefix = 'test'): Promise<string> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  await edits.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await eventually(async () => {
    const account = await edits.get('serviceaccount', 'default', '-n', name);
    if (account === undefined) throw new Error(`${name} has no service account default yet`);
  });
  return name;
}
