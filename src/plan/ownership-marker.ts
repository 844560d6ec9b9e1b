import * as z from 'zod';
import { origin } from '../api/index.js';

/** The team whose description says whose organization this is. It has no members. */
export const markerTeam = 'quayside';

const marker = z.strictObject({
  /** UID of the namespace kube-system. */
  clusterUID: z.string().min(1),
  clusterID: z.string().min(1),
  /** Empty for a person's document without one. */
  namespace: z.string(),
  /** For information; rewritten when it changes. */
  integration: z.string(),
  origin,
});

/** The content of the marker. All but integration and origin must match for an organization to be ours. */
export type OwnershipMarker = Readonly<z.infer<typeof marker>>;

/** A marker, or why a text is none. */
export type ReadMarkerResult =
  { readonly valid: true; readonly marker: OwnershipMarker } | { readonly valid: false; readonly problem: string };

const lines = {
  clusterUID: 'cluster UID',
  clusterID: 'cluster ID',
  namespace: 'namespace',
  integration: 'integration',
  origin: 'origin',
} as const;

const plain = /^[!#-~](?:[ -~]*[!-~])?$/;

/** The description of the team: a sentence for the owner of the registry, then one line per value. */
export function writeMarker(marker: OwnershipMarker): string {
  const owner =
    marker.namespace === ''
      ? `cluster ${text(marker.clusterID)}`
      : `namespace ${text(marker.namespace)} of cluster ${text(marker.clusterID)}`;
  const values = Object.entries(lines).map(([key, label]) => `${label}: ${text(marker[key as keyof OwnershipMarker])}`);
  return [
    `Quayside manages this organization for ${owner}. The team is created again when it is deleted; to exclude this organization, list it in ignore.yaml.`,
    '',
    ...values,
  ].join('\n');
}

/** Reads any text: one that is no marker gives the reason. */
export function readMarker(description: string): ReadMarkerResult {
  const values = readLines(description);
  const read = Object.fromEntries(Object.entries(lines).map(([key, label]) => [key, values.get(label.toLowerCase())]));
  const parsed = marker.safeParse(read);
  if (parsed.success) return { valid: true, marker: parsed.data };
  const key = parsed.error.issues[0]?.path[0];
  const label = Object.entries(lines).find(([name]) => name === key)?.[1] ?? 'cluster UID';
  return { valid: false, problem: `its description has no readable line "${label}"` };
}

function readLines(description: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of description.split(/\r?\n/)) {
    const [, label, value] = /^([a-z]+(?: [a-z]+)?):(.*)$/is.exec(line.trim()) ?? [];
    const plain = untext(value?.trim());
    if (label !== undefined && plain !== undefined) values.set(label.toLowerCase(), plain);
  }
  return values;
}

/** Plain values as they are, anything else (also nothing at all) in quotes. */
function text(value: string): string {
  return plain.test(value) ? value : JSON.stringify(value);
}

function untext(value: string | undefined): string | undefined {
  if (value === undefined || !value.startsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
