import { version } from '../version.js';

/** The versions that were released before this one, the newest last. */
const released: readonly string[] = [];

/** From which versions OLM may go to this one, in one step from any of them. */
export function upgradeEdges(): Readonly<Record<string, unknown>> {
  const before = released.at(-1);
  return before === undefined ? {} : { replaces: `quayside.v${before}` };
}

/** All versions before this one. */
export const skipRange = `>=0.0.1 <${version}`;
