import { type Limit, type Unit } from './limit.js';

/** The limits as a page: what comes from where, how much of it is taken, what happens beyond. */
export function limitsPage(limits: Iterable<Limit>): string {
  const rows = [...limits].map(({ input, what, most, unit, beyond }) => [input, what, shown(most, unit), beyond]);
  const lines = [['Input', 'What', 'At most', 'Beyond it'], ['---', '---', '---', '---'], ...rows];
  return `${introduction}\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
}

const introduction = `# Limits

How much Quayside takes of everything that comes from outside. None of these numbers is an option: what is beyond them is left out and reported, and nothing
else stops. The page is generated from \`src/limits\`.
`;

function shown(most: number, unit: Unit): string {
  const kibibytes = most / 1024;
  if (unit !== 'bytes') return `${most.toLocaleString('en')} ${unit}`;
  if (!Number.isInteger(kibibytes)) return `${most.toLocaleString('en')} bytes`;
  return Number.isInteger(kibibytes / 1024) ? `${kibibytes / 1024} MiB` : `${kibibytes} KiB`;
}
