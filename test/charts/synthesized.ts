import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkOptions } from '../../charts/options/check.js';
import { type OptionsInput } from '../../charts/options/schema.js';
import { writeManifests } from '../../charts/write.js';

/** The committed manifests. */
export const dist = resolve(import.meta.dirname, '../../dist');

/** An object as it stands in a file. */
export interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look wherever they like
  readonly [field: string]: any;
}

/** Writes the manifests for some options into a folder of their own. */
export function synthesized(options: OptionsInput = {}): { readonly folder: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'quayside-synth-'));
  const folder = join(parent, 'dist');
  writeManifests(checkOptions(options), folder);
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** The objects in one file. */
export function objectsIn(file: string): readonly Written[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Written);
}

/** The objects of an installation with some options, monitoring included. */
export function installation(options: OptionsInput = {}): readonly Written[] {
  const { folder, remove } = synthesized(options);
  try {
    return ['quayside.yaml', 'monitoring.yaml'].flatMap((name) => objectsIn(join(folder, name)));
  } finally {
    remove();
  }
}

/** The objects of one kind, by name. */
export function ofKind(objects: readonly Written[], kind: string): Readonly<Record<string, Written>> {
  return Object.fromEntries(objects.filter((one) => one.kind === kind).map((one) => [one.metadata.name, one]));
}

/** Every file below a folder, by its path in it. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
