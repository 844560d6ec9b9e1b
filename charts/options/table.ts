import { variableFor } from './environment.js';
import { optionsSchema } from './schema.js';

/** All options as a page: name, variable, default and meaning. */
export function optionsTable(): string {
  const rows = Object.entries(optionsSchema.shape).map(([option, field]) => {
    const fallback: unknown = field.safeParse(undefined).data;
    const shown =
      fallback === undefined ? '' : `\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``;
    return [`\`${option}\``, `\`${variableFor(option)}\``, shown, field.meta()?.description ?? ''];
  });
  const lines = [['Option', 'Variable', 'Default', 'Meaning'], ['---', '---', '---', '---'], ...rows];
  return ['# Options', '', ...lines.map((cells) => `| ${cells.join(' | ')} |`), ''].join('\n');
}
