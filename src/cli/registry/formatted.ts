import { print } from '../print.js';

/** A result for a program or a person. */
export type Format = 'yaml' | 'json' | 'text' | 'markdown';

/** Prints a value in the format that was asked for; the words are made only where they are. */
export async function printFormatted(
  format: Format,
  value: object,
  words: { readonly text: () => string; readonly markdown: () => string },
): Promise<void> {
  if (format === 'json') return print(`${JSON.stringify(value, null, 2)}\n`);
  if (format !== 'yaml') return print(`${words[format]()}\n`);
  const { manifestsAsYaml } = await import('../../app/registry/render-registry.js');
  print(manifestsAsYaml([value]).replace(/^---\n/, ''));
}
