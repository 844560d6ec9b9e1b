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
  const lines = grouped(changes).flatMap(({ change, objects }) => [
    `${signs[change.action]} ${words[change.action]} ${objects}`,
    ...detailsOf(change).map((detail) => `    ${detail}`),
  ]);
  return [`Registry ${registry}`, '', ...lines, '', summary(changes)].join('\n');
}

/** The changes for a pull request. */
export function changesAsMarkdown({ registry, changes }: RegistryComparison): string {
  if (changes.length === 0) return `Registry ${codeSpan(registry)}: nothing to change.`;
  const lines = grouped(changes).flatMap(({ change, objects }) => [
    `- **${words[change.action]}** ${codeSpan(objects)}`,
    ...detailsOf(change).map((detail) => `  - ${codeSpan(detail)}`),
  ]);
  return [`### Registry ${codeSpan(registry)}`, '', ...lines, '', summary(changes)].join('\n');
}

interface Group {
  readonly change: ManifestChange;
  /** The object, or how many have the same change. */
  readonly objects: string;
}

/** Objects whose labels or annotations change alike are one line: a new hostname is noted on all of them. */
function grouped(changes: readonly ManifestChange[]): readonly Group[] {
  const isNote = ({ action, fields, rolls }: ManifestChange): boolean =>
    action === 'change' &&
    rolls === undefined &&
    fields.length > 0 &&
    fields.every(({ path }) => /^metadata\.(?:labels|annotations)/.test(path));
  const alike = new Map<string, ManifestChange[]>();
  for (const change of changes.filter(isNote)) {
    const key = JSON.stringify(change.fields);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  const notes = [...alike.values()].flatMap((group): readonly Group[] => {
    const [change] = group;
    if (change === undefined) return [];
    return [
      {
        change,
        objects: group.length === 1 ? change.object : `${group.length} objects, their labels or annotations only`,
      },
    ];
  });
  return [
    ...changes.filter((change) => !isNote(change)).map((change) => ({ change, objects: change.object })),
    ...notes,
  ];
}

function detailsOf({ fields, rolls, risk, because }: ManifestChange): readonly string[] {
  const most = 8;
  return [
    ...fields.slice(0, most).map(fieldText),
    ...(fields.length > most ? [`and ${fields.length - most} more fields`] : []),
    ...(rolls === undefined ? [] : [`restarts its pods: ${rolls}`]),
    ...riskText(risk, because),
  ];
}

function riskText(risk: ManifestChange['risk'], because: string | undefined): readonly string[] {
  if (risk === 'none') return because === undefined ? [] : [because];
  return [because === undefined ? `risk: ${risk}` : `risk: ${risk}, ${because}`];
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
    `${count('release')} to release, ${count('delete')} to delete; ${rolled} restart their pods.`,
  ].join(' ');
}
