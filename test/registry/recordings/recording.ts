import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest } from '../../../src/registry/index.js';

/** What the Quay Operator made of an input. */
export interface Recording {
  readonly name: string;
  readonly inputs: readonly Manifest[];
  /** By kind and name. */
  readonly objects: Readonly<Record<string, Manifest>>;
  readonly registry: { readonly metadata: { readonly name: string; readonly namespace: string } };
}

/** The recordings of a folder. */
export function readRecordings(folder: string): readonly Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Recording, 'name'>;
      return { ...content, name: file.replace('.json', '') };
    });
}
