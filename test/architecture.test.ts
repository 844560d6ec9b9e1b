import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');

/** The stages that both put together, the command line and the operator. */
const stages = [
  'api',
  'names',
  'desired',
  'ownership',
  'ownership/store',
  'policy',
  'plan',
  'quay',
  'git',
  'kube',
  'integration',
  'pipeline',
  'forge',
  'review',
  'converge',
];

/** Open to all. */
const open = ['errors', 'json', 'files', 'proxy', 'limits', 'text'];

/** Who may import whom. A folder that is not listed is not known yet and fails the test. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  json: [],
  files: [],
  proxy: [],
  limits: [],
  text: [],
  clock: [],
  api: ['api/registry'],
  // What renders a registry loads it, and nothing else.
  'api/registry': ['api'],
  names: [],
  state: [],
  policy: [],
  desired: ['api', 'names', 'state'],
  ownership: ['api'],
  registry: ['api'],
  'ownership/store': ['api', 'ownership', 'kube'],
  plan: ['api', 'ownership', 'policy'],
  feed: [],
  'feed/poll': ['feed', 'quay'],
  http: [],
  quay: ['api', 'ownership', 'plan', 'feed', 'clock', 'http'],
  forge: ['git', 'http'],
  hooks: ['forge', 'process'],
  proposal: ['state'],
  review: ['state', 'git', 'forge', 'proposal'],
  signing: [],
  git: ['state', 'signing'],
  kube: ['api', 'clock'],
  predecessors: ['api', 'ownership', 'kube', 'quay'],
  integration: ['api', 'names', 'desired', 'kube', 'quay', 'plan'],
  publish: ['state', 'git', 'clock'],
  sync: ['api', 'policy', 'kube'],
  converge: ['api', 'desired', 'ownership', 'policy', 'plan', 'quay', 'kube', 'predecessors'],
  'converge/cache': ['api', 'ownership', 'plan', 'quay', 'converge'],
  pipeline: [
    'api',
    'names',
    'desired',
    'state',
    'policy',
    'git',
    'signing',
    'kube',
    'integration',
    'plan',
    'publish',
    'forge',
    'proposal',
    'review',
    'sync',
    'process',
  ],
  'pull-secrets': ['api', 'names', 'quay', 'kube', 'converge'],
  process: [],
  builds: ['api'],
  // The edge of a pure folder stands on its own.
  'builds/follow': ['api', 'names', 'builds', 'kube', 'clock'],
  'builds/webhook-reach': ['api', 'names', 'desired', 'kube', 'clock', 'process'],
  certs: ['api', 'kube', 'clock'],
  webhook: ['api', 'names', 'desired', 'builds', 'kube', 'certs', 'integration', 'process'],
  release: ['api', 'kube', 'clock', 'converge', 'predecessors'],
  app: [...stages, 'state', 'publish', 'converge/cache', 'process', 'api/registry', 'registry', 'manifests'],
  operator: [
    ...stages,
    'sync',
    'predecessors',
    'hooks',
    'clock',
    'converge/cache',
    'feed',
    'feed/poll',
    'pull-secrets',
    'builds',
    'builds/follow',
    'builds/webhook-reach',
    'certs',
    'process',
  ],
  demo: ['git', 'ownership/store', 'app', 'process'],
  cli: ['api', 'app', 'pipeline', 'process', 'operator', 'webhook', 'certs', 'release', 'demo'],
  charts: ['api', 'api/registry', 'registry'],
  manifests: ['registry', 'charts'],
  simulator: [],
};

function folderOf(path: string): string {
  const [top = '', folder = '', inner = ''] = path.split(sep);
  if (top !== 'src') return top;
  return `${folder}/${inner}` in allowed ? `${folder}/${inner}` : folder;
}

/** What is imported past the index of its folder, and why. */
const mayPassBy = new Map([
  ['src/process/configuration.js', 'every command reads it at its start, before it loads a log or metrics'],
  ['src/certs/options.js', 'the defaults of flags, read before what makes certificates is loaded'],
]);

/** Whether a file imports from inside a folder that has an index; the folders around it share what it has inside. */
function isPastItsIndex(path: string, target: string): boolean {
  for (let folder = dirname(target); folder !== '.'; folder = dirname(folder)) {
    const isInside = `${dirname(path)}/`.startsWith(`${folder}/`);
    if (isInside || target === join(folder, 'index.js')) return false;
    if (existsSync(join(root, folder, 'index.ts'))) return true;
    // A folder with a row of its own is not what is inside the one around it.
    if (folder.replace(/^src\//, '') in allowed) return false;
  }
  return false;
}

const pure = [
  'api',
  'api/registry',
  'names',
  'desired',
  'registry',
  'state',
  'ownership',
  'policy',
  'plan',
  'feed',
  'proposal',
  'builds',
  'errors',
  'json',
  'limits',
  'text',
];

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly code: string;
  readonly imports: readonly string[];
}

/** The text without comments and string contents, so that words in them do not count. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}

function sourceFiles(top: string): SourceFile[] {
  return readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = join(top, name);
      const text = readFileSync(join(root, path), 'utf8');
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*\.js)'/g)].map(([, target = '']) =>
        relative(root, resolve(root, dirname(path), target)),
      );
      return { path, folder: folderOf(path), text, code: codeOf(text), imports };
    });
}

const files = ['src', 'charts', join('simulator', 'src')]
  .filter((top) => existsSync(join(root, top)))
  .flatMap(sourceFiles);
describe('the architecture', () => {
  test('every folder is in the table', () => {
    expect([...new Set(files.map((file) => file.folder))].filter((folder) => !(folder in allowed))).toEqual([]);
  });

  test.each([...new Set(files.map((file) => file.folder))])('%s imports only what the table allows', (folder) => {
    // The simulator is a package of its own, and takes nothing of ours.
    const may = new Set([...(allowed[folder] ?? []), folder, ...(folder === 'simulator' ? [] : open)]);
    const strays = files
      .filter((file) => file.folder === folder)
      .flatMap((file) =>
        file.imports.filter((target) => !may.has(folderOf(target))).map((target) => `${file.path} imports ${target}`),
      );
    expect(strays).toEqual([]);
  });

  test('the table allows no import that no file has', () => {
    const unused = Object.entries(allowed).flatMap(([folder, may]) => {
      const had = new Set(
        files.filter((file) => file.folder === folder).flatMap(({ imports }) => imports.map(folderOf)),
      );
      return may.filter((target) => !had.has(target)).map((target) => `${folder} need not import ${target}`);
    });
    expect(unused).toEqual([]);
  });

  test('a folder with an index.ts is imported through it', () => {
    const strays = files.flatMap((file) =>
      file.imports
        .filter((target) => !mayPassBy.has(target) && isPastItsIndex(file.path, target))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(strays).toEqual([]);
  });

  test('there are no import cycles between files', () => {
    const graph = new Map(
      files.map((file) => [file.path, file.imports.map((target) => target.replace(/\.js$/, '.ts'))]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test.each(pure)('%s stays pure: no waiting, clock, chance, environment, files or log', (folder) => {
    const effects =
      /\basync\b|\bawait\b|\bPromise\b|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|\bconsole\.|\bset(?:Timeout|Interval|Immediate)\b|\bperformance\b|\bfetch\(/;
    const modules = /from 'node:(?!crypto'|path\/posix'|buffer')|from '(?:undici|simple-git|pino|octokit|@kubernetes)/;
    const strays = files
      .filter((file) => file.folder === folder)
      .flatMap((file) =>
        [
          ...file.code.split('\n').filter((line) => effects.test(line)),
          ...file.text.split('\n').filter((line) => modules.test(line)),
        ].map((line) => `${file.path}: ${line.trim()}`),
      );
    expect(strays).toEqual([]);
  });

  test('the environment is read in one place, and in one for the manifests', () => {
    // The manifests are an app of their own, with variables of their own.
    const places = [join('src', 'process', 'configuration.ts'), join('charts', 'main.ts')];
    const strays = files.filter(
      (file) => /\bprocess\.env\b|\benv\b.*from 'node:process'/.test(file.text) && !places.includes(file.path),
    );
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  test('CONTRIBUTING names every folder of src, and no folder that is not there', () => {
    const [, lines = ''] = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split('## ');
    const named = [...lines.matchAll(/`((?:src|charts|simulator)[\w/-]*)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const folders = readdirSync(join(root, 'src')).map((name) => `src/${name}`);
    expect(folders.filter((folder) => !named.some((path) => `${path}/`.startsWith(`${folder}/`)))).toEqual([]);
  });

  test('file names say what is inside', () => {
    const vague = /(^|\/)(utils?|helpers?|common|types|misc)(\.ts|\/|$)/;
    expect(files.map((file) => file.path).filter((path) => vague.test(path) || /[A-Z_]/.test(path))).toEqual([]);
  });
});
