// Prints what the bundle is made of, as CycloneDX: every package of which a line is in it, with version, licence and hash.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { forImage, root } from './bundle.mjs';

const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { metafile } = await build({ ...forImage, outdir: 'build', write: false, metafile: true });
const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
const folders = new Set(used.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean));
const { packages: locked } = json('package-lock.json');
const about = json('package.json');

const component = (folder) => {
  const { name, version, license } = json(`${folder}/package.json`);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  // What came inside another package has no archive, and so no hash, of its own.
  const around = locked[folder]?.inBundle === true && folder.slice(0, folder.lastIndexOf('/node_modules/'));
  const [, algorithm, digest] = /^(sha512)-(.+)$/.exec(locked[folder]?.integrity ?? '') ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(typeof license === 'string' && {
      licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    }),
    ...(around && { properties: [{ name: 'quayside:bundledIn', value: component(around).purl }] }),
    ...(algorithm && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
  };
};
const components = new Map([...folders].sort().map((folder) => [component(folder).purl, component(folder)]));

const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    component: {
      type: 'application',
      name: about.name,
      version: about.version,
      licenses: [{ license: { id: about.license } }],
    },
  },
  components: [...components.values()],
};
process.stdout.write(`${JSON.stringify(bom, undefined, 2)}\n`);
