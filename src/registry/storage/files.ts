import { type ConfigValue } from '../config/value.js';

/** The key of the bundle that becomes the file of that path in Quay's container. */
export function bundleKeyOf(path: string): string {
  const inside = path.replace(/^\/?(?:conf\/stack\/)?/, '');
  return inside.startsWith('extra_ca_certs/') ? inside.replace('extra_ca_certs/', 'extra_ca_cert_') : inside;
}

/** A file that an engine reads has to come with the bundle. */
export function missingFile(
  name: string,
  path: ConfigValue | undefined,
  files: ReadonlySet<string>,
): readonly { readonly steps: readonly string[]; readonly message: string; readonly hint: string }[] {
  if (typeof path !== 'string' || path === '') return [];
  const key = bundleKeyOf(path);
  // Outside of what the bundle becomes lie the image's own certificates.
  if (files.has(key) || (path.startsWith('/') && !path.startsWith('/conf/stack/'))) return [];
  return [{ steps: [name], message: `names a file that the bundle does not have`, hint: `Put it there as ${key}.` }];
}
