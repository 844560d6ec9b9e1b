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

const sizes = [
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
] as const;

function shown(most: number, unit: Unit): string {
  if (unit !== 'bytes') return `${most.toLocaleString('en')} ${unit}`;
  const [size, name] = sizes.find(([bytes]) => most % bytes === 0) ?? [1, 'bytes'];
  return `${(most / size).toLocaleString('en')} ${name}`;
}
