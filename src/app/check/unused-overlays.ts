import { overlayFaults } from '../../desired/index.js';
import { InvalidInput, type Problem } from '../../errors/index.js';
import { type Head, isFile } from '../../git/index.js';
import { limits } from '../../limits/index.js';
import { type ClusterId, namespaceOfFile, type StatePaths } from '../../names/index.js';
import { located } from '../../pipeline/located.js';
import { parseYaml } from '../../state/index.js';

/** Faults of overlays that no document took up, such as those of another integration: of these only the schema is known. */
export async function unusedOverlayFaults(
  head: Head,
  {
    id,
    paths,
    isUsed,
  }: { readonly id: ClusterId; readonly paths: StatePaths; readonly isUsed: (namespace: string) => boolean },
): Promise<readonly Problem[]> {
  const entries = (await head.list(`${paths.overlays}/`)).filter(({ path, mode }) => {
    const namespace = namespaceOfFile(paths.overlays, path);
    return namespace !== undefined && isFile({ mode }) && !isUsed(namespace);
  });
  const readable = (await head.sized(entries)).filter(({ size }) => size <= limits.personalFileBytes);
  const contents = await head.readBytes(readable.map(({ path }) => path));
  return [...contents].flatMap(([source, content]) => faultsIn(source, content, id));
}

function faultsIn(source: string, content: Uint8Array, id: ClusterId): readonly Problem[] {
  try {
    const file = parseYaml(content, source);
    located(file, () => {
      const problems = overlayFaults(file.value, { id, source });
      if (problems.length > 0) throw new InvalidInput(problems);
    });
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
}
