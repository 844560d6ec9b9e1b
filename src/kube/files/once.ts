import { createHash } from 'node:crypto';
import { InvalidInput } from '../../errors/index.js';
import { type Manifest } from './manifest-events.js';

/**
 * Whether an object is new, by what is kept of it. It may come twice as long as both say the same; two that differ are
 * refused, since nobody can say which of them holds.
 */
export function onlyOnce(): (manifest: Manifest, key: string, kept: unknown) => boolean {
  const seen = new Map<string, { readonly digest: string; readonly where: string }>();
  return ({ apiVersion, kind, source, position }, key, kept) => {
    const id = `${apiVersion} ${kind} ${key}`;
    // A digest, or what is kept of a Secret would stay here a second time.
    const digest = createHash('sha256').update(JSON.stringify(kept)).digest('base64');
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, { digest, where: `${source}:${position.line}` });
    } else if (before.digest !== digest) {
      const message = `${kind} ${key} is also at ${before.where}, and the two differ`;
      throw new InvalidInput([{ path: '', source, ...position, message, hint: 'Give only the newer one.' }]);
    }
    return before === undefined;
  };
}
