// Makes src/registry/quay-config/keys.json from facts about Quay's configuration: an object with `source`, `properties` (Quay's own
// JSON schema, without texts), `required`, `internal` (names that Quay has for itself) and `fieldGroups` (what its validator reads,
// by group, with type). `node tools/quay-config-keys.mjs FACTS.json`
import { readFile, writeFile } from 'node:fs/promises';

const [facts] = process.argv.slice(2);
const { source, properties, required, internal, fieldGroups } = JSON.parse(await readFile(facts, 'utf8'));
const goTypes = { bool: 'boolean', int: 'integer', string: 'string', '[]string': 'array', '[]any{}': 'array' };

/** What a value is checked for, in one form: types as a list, nested fields alike. */
function shape({ type, enum: choices, pattern, minimum, maximum, minLength, maxLength, required, properties, items }) {
  return {
    ...(type && { types: [type].flat() }),
    ...(choices && { choices }),
    ...(pattern && { pattern }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(required && { required }),
    ...(properties && { fields: mapped(properties, shape) }),
    ...(items && !Array.isArray(items) && { items: shape(items) }),
  };
}

const mapped = (values, one) =>
  Object.fromEntries(
    Object.keys(values)
      .sort()
      .map((name) => [name, one(values[name])]),
  );

const validated = Object.assign({}, ...Object.values(fieldGroups));
const fromValidator = mapped(validated, ({ type }) => (goTypes[type] ? { types: [goTypes[type]] } : {}));
const own = Object.fromEntries(internal.filter((name) => /^[A-Z]/.test(name)).map((name) => [name, {}]));
const keys = { ...own, ...fromValidator, ...mapped(properties, shape) };
const lines = Object.keys(keys)
  .sort()
  .map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(keys[name])}`);
const text = `{\n  "source": ${JSON.stringify(source)},\n  "required": ${JSON.stringify(required)},\n  "keys": {\n${lines.join(',\n')}\n  }\n}\n`;
await writeFile(new URL('../src/registry/quay-config/keys.json', import.meta.url), text);
