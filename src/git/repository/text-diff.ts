import { createTwoFilesPatch } from 'diff';
import type { Change, Head } from './repository.js';

/** A change as unified text, file by file in the order of their paths. */
export async function textDiff(base: Head | undefined, { writes, deletes }: Change): Promise<string> {
  const paths = [...new Set([...writes.keys(), ...deletes])].sort();
  const before = (await base?.read(paths)) ?? new Map<string, string>();
  const parts = paths.map((path) => {
    const old = before.get(path);
    const proposed = writes.get(path);
    if (old === proposed) return '';
    const from = old === undefined ? '/dev/null' : `a/${path}`;
    const to = proposed === undefined ? '/dev/null' : `b/${path}`;
    const patch = createTwoFilesPatch(from, to, old ?? '', proposed ?? '', undefined, undefined, { context: 3 });
    return patch.replace(/^=+\n/, '');
  });
  return parts.join('');
}
