import { callsTo } from './calls.js';
import type { SharedControlPlane } from './control-plane.js';
import { eventually } from '../support/eventually.js';

/** Waits until objects of these kinds, as `things.example.com`, are found and served: a definition is established a moment before that. */
export async function served(controlPlane: SharedControlPlane, kinds: readonly string[]): Promise<void> {
  const { expect, close } = callsTo(controlPlane);
  for (const kind of kinds) {
    const group = kind.slice(kind.indexOf('.') + 1);
    await eventually(async () => {
      const { versions } = await expect<{ versions: readonly { version: string }[] }>('GET', `/apis/${group}`);
      const plural = kind.slice(0, kind.indexOf('.'));
      for (const { version } of versions) {
        const { resources } = await expect<{ resources: readonly { name: string }[] }>(
          'GET',
          `/apis/${group}/${version}`,
        );
        if (resources.some(({ name }) => name === plural))
          return expect('GET', `/apis/${group}/${version}/${plural}?limit=1`);
      }
      throw new Error(`${kind} is not served yet`);
    });
  }
  close();
}
