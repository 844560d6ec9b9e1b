import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundle, root, withoutModels } from '../tools/bundle.mjs';

const name = '@kubernetes/client-node';

/**
 * A module mapper to the part of the client that we use, as the command line is bundled with it. The whole of it is 900 modules,
 * which Jest reads and links anew for every test file: 0.6 s of computing for each.
 */
export async function mapToBundledClient() {
  const file = `${root}node_modules/.cache/kubernetes-client-${await key()}.mjs`;
  if (!existsSync(file)) await bundleInto(file);
  return { [`^${name}$`]: file };
}

async function key() {
  const hash = createHash('sha256').update(process.version);
  for (const file of ['package-lock.json', 'tools/bundle.mjs', 'test/kubernetes-client.mjs'])
    hash.update(await readFile(`${root}${file}`));
  return hash.digest('hex').slice(0, 16);
}

async function bundleInto(file) {
  const { absWorkingDir, banner, bundle: isBundle, format, logLevel, platform, target } = bundle;
  const draft = `${file}.${process.pid}`;
  await build({
    ...{ absWorkingDir, banner, bundle: isBundle, format, logLevel, platform, target },
    // A name that is missing here fails the test that imports it.
    stdin: { contents: `export { KubeConfig, RequestContext } from '${name}';`, resolveDir: root },
    outfile: draft,
    plugins: [withoutModels],
  });
  // Other runs find a whole file or none.
  await rename(draft, file);
}
