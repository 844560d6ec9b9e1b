import * as z from 'zod';
import { checker } from '../api/index.js';
import { InvalidInput } from '../errors/index.js';
import { matchesGlob } from '../names/index.js';

/** `ignore.yaml` as people write it. */
export const ignoreFile = z.strictObject({
  namespaces: z.array(z.string().min(1)).default([]),
  organizations: z.array(z.string().min(1)).default([]),
});

const checkIgnore = checker(ignoreFile);

/** `ignore.yaml`: names that Quayside ignores, with `*` for any characters. */
export type Ignore = Readonly<z.infer<typeof ignoreFile>>;

/** Reads the value of `ignore.yaml`; an empty file ignores nothing, a broken one is InvalidInput. */
export function parseIgnore(value: unknown, source = 'ignore.yaml'): Ignore {
  const checked = checkIgnore(value ?? {}, source);
  if (!checked.ok) throw new InvalidInput(checked.problems, 'StateInvalid');
  return checked.value;
}

/** Whether a namespace, or the organization it maps to, is ignored. */
export function ignores(ignored: Ignore | undefined, namespace: string, organization: string): boolean {
  if (ignored === undefined) return false;
  return (
    ignored.namespaces.some((pattern) => matchesGlob(pattern, namespace)) ||
    ignored.organizations.some((pattern) => matchesGlob(pattern, organization))
  );
}
