import { request } from 'node:https';
import type { Access } from '../control-plane/kubeconfig.js';

/** Merges a change into what the API server has at a path, without the start of a kubectl. */
export async function mergePatch(access: Access, path: string, change: object): Promise<void> {
  const headers = { authorization: `Bearer ${access.token}`, 'content-type': 'application/merge-patch+json' };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const call = request(new URL(path, access.url), { method: 'PATCH', ca: access.ca, headers }, (response) => {
      response
        .resume()
        .once('end', () => resolve(response.statusCode))
        .once('error', reject);
    });
    call.once('error', reject);
    call.end(JSON.stringify(change));
  });
  if (status !== 200) throw new Error(`PATCH ${path}: ${status}`);
}
