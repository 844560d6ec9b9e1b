import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { objectsIn } from './synthesized.js';

const root = resolve(import.meta.dirname, '../..');
const example = join(root, 'examples/own-app');

/** The example as somebody has it who copied it and installed the package. */
let app: string;

const run = (command: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: app,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
};

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'quayside-own-app-'));
  cpSync(example, app, { recursive: true, filter: (path) => !/node_modules|dist$/.test(path) });
  const registries = join(root, 'examples/registries');
  cpSync(join(registries, 'main.ts'), join(app, 'registries.ts'));
  cpSync(join(registries, 'edge-config.yaml'), join(app, 'edge-config.yaml'));
  const built = spawnSync(process.execPath, ['tools/library.mjs'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  // What npm would install: the files that the package says it has, and its dependencies beside it.
  const { files, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    files: string[];
    dependencies: object;
  };
  const library = join(app, 'node_modules/quayside');
  mkdirSync(library, { recursive: true });
  for (const path of ['package.json', ...files.filter((one) => one === 'build.library')]) {
    cpSync(join(root, path), join(library, path), { recursive: true });
  }
  for (const name of ['@types', ...Object.keys(dependencies).filter((one) => !one.startsWith('@'))]) {
    symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name));
  }
});
afterAll(() => rmSync(app, { recursive: true, force: true }));

describe("an app of one's own", () => {
  test('installs Quayside with its own options, beside its own objects', () => {
    run(process.execPath, 'main.ts');
    const core = objectsIn(join(app, 'dist/quayside.yaml'));
    expect(core.filter(({ kind }) => kind === 'Deployment')).toHaveLength(2);
    expect(JSON.stringify(core)).toContain('registry.example.com/platform/quayside:0.1.0');
    const registry = objectsIn(join(app, 'dist/registry.yaml'));
    expect(registry.map(({ kind }) => kind)).toEqual(['QuayIntegration', 'QuayOrganization']);
  });

  test('type-checks against the types of the package', () => {
    const config = readFileSync(join(app, 'tsconfig.json'), 'utf8')
      .replace(/"paths": \{[^}]*\}/, '"paths": {}')
      .replace('"main.ts"', '"*.ts"');
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    expect(config).toContain('"paths": {}');
    run(process.execPath, '-e', `require('fs').writeFileSync('tsconfig.json', ${JSON.stringify(config)})`);
    run(process.execPath, tsc, '--project', '.');
  });

  test('renders two registries, of OpenShift and of plain Kubernetes', () => {
    run(process.execPath, 'registries.ts');
    const kindsIn = (file: string): readonly string[] => objectsIn(join(app, 'dist', file)).map(({ kind }) => kind);
    expect(kindsIn('production.yaml')).toEqual(
      expect.arrayContaining(['Route', 'ObjectBucketClaim', 'ServiceMonitor']),
    );
    expect(kindsIn('edge.yaml')).toContain('Ingress');
    expect(kindsIn('edge.yaml')).not.toContain('Route');
    for (const file of ['production.yaml', 'edge.yaml']) expect(kindsIn(file)).not.toContain('Secret');
  });

  test('is told at once what is wrong with its options', () => {
    const wrong =
      "import { App } from 'cdk8s'; import { Quayside } from 'quayside/charts'; new Quayside(new App(), 'q', { image: 'x/y:latest' });";
    expect(() => run(process.execPath, '--input-type=module', '-e', wrong)).toThrow('q: image: must not be latest');
  });

  test('asks for the versions that the library is made with', () => {
    const versions = (path: string): Record<string, string> =>
      (JSON.parse(readFileSync(path, 'utf8')) as { dependencies: Record<string, string> }).dependencies;
    const { quayside, ...wanted } = versions(join(example, 'package.json'));
    expect(quayside).toContain('.tgz');
    expect(versions(join(root, 'package.json'))).toMatchObject(wanted);
  });
});
