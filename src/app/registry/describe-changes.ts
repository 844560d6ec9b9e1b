import { codeSpan } from '../../text/index.js';
import { type FieldChange, type ManifestChange } from '../../registry/index.js';
import { type RegistryComparison } from './compare-registry.js';

const signs = { create: '+', change: '~', replace: '!', release: '.', delete: '-' } as const;
const words = {
  create: 'create',
  change: 'change',
  replace: 'delete and create again',
  release: 'release',
  delete: 'delete',
} as const;

/** The changes for a terminal. */
export function changesAsText({ registry, changes }: RegistryComparison): string {
  if (changes.length === 0) return `Registry ${registry}: nothing to change.`;
  const lines = changes.flatMap((change) => [
    `${signs[change.action]} ${words[change.action]} ${change.object}`,
    ...detailsOf(change).map((detail) => `    ${detail}`),
  ]);
  return [`Registry ${registry}`, '', ...lines, '', summary(changes)].join('\n');
}

/** The changes for a pull request. */
export function changesAsMarkdown({ registry, changes }: RegistryComparison): string {
  if (changes.length === 0) return `Registry ${codeSpan(registry)}: nothing to change.`;
  const lines = changes.flatMap((change) => [
    `- **${words[change.action]}** ${codeSpan(change.object)}`,
    ...detailsOf(change).map((detail) => `  - ${codeSpan(detail)}`),
  ]);
  return [`### Registry ${codeSpan(registry)}`, '', ...lines, '', summary(changes)].join('\n');
}

function detailsOf({ fields, rolls, risk, because }: ManifestChange): readonly string[] {
  const most = 8;
  return [
    ...fields.slice(0, most).map(fieldText),
    ...(fields.length > most ? [`and ${fields.length - most} more fields`] : []),
    ...(rolls === undefined ? [] : [`restarts its pods: ${rolls}`]),
    ...(risk === 'none' && because === undefined ? [] : [`risk ${risk}${because === undefined ? '' : `: ${because}`}`]),
  ];
}

function fieldText({ path, from, to }: FieldChange): string {
  return `${path}: ${shown(from)} → ${shown(to)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll('\n', '⏎');
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

function summary(changes: readonly ManifestChange[]): string {
  const count = (action: ManifestChange['action']): number => changes.filter((one) => one.action === action).length;
  const rolled = changes.filter(({ rolls }) => rolls !== undefined).length;
  return [
    `${count('create')} to create, ${count('change') + count('replace')} to change,`,
    `${count('release')} to release, ${count('delete')} to delete; ${rolled} restart.`,
  ].join(' ');
}
