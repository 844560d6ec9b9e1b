import { stringify, type ScalarTag, type Tags } from 'yaml';
import { type ConfigMapping, type ConfigValue, PlainScalar } from './value.js';

/** Writes a scalar as it was read, without quotes and without a tag. */
const asRead: ScalarTag = {
  tag: 'tag:quayside.dev:plain',
  default: true,
  identify: (value) => value instanceof PlainScalar,
  resolve: (text) => text,
  // What it would never match: it is used for writing only.
  test: /^(?!)/,
  stringify: ({ value }) => (value as PlainScalar).source,
};

/** A configuration as YAML 1.1, which Quay reads: keys sorted, so that equal configurations give equal bytes. */
export function writeConfig(config: ConfigMapping): string {
  if (Object.keys(config).length === 0) return '{}\n';
  return stringify(sorted(config), {
    version: '1.1',
    customTags: (tags: Tags): Tags => [asRead, ...tags],
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
}

function sorted(value: ConfigValue): ConfigValue {
  if (Array.isArray(value)) return (value as readonly ConfigValue[]).map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof PlainScalar) return value;
  const fields = Object.entries(value as ConfigMapping).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, inner]) => [key, sorted(inner)]));
}
