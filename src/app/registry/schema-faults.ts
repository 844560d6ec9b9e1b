import { type Problem } from '../../errors/index.js';
import { type Fault, faultsOf } from '../../registry/index.js';

/** What a schema refused in an object, as faults: each says what to do. */
export function schemaFaults(object: string, problems: readonly Problem[]): readonly Fault[] {
  const kind = object.slice(0, object.indexOf('/')).toLowerCase();
  return problems.map(({ path, message, hint }) =>
    faultsOf(object)({ path, message, hint: sentence(hint ?? hintFor(kind, path, message)) }),
  );
}

function hintFor(kind: string, path: string, message: string): string {
  const field = path.slice(path.lastIndexOf('.') + 1);
  if (message === 'unknown field') return 'Take it out.';
  if (message === 'is required') return `Add ${field}.`;
  if (message === 'must not be empty') return 'Give it a value, or take it out.';
  if (message.startsWith('must be true or false')) return 'Write true or false, without quotes.';
  if (message.startsWith('must be text')) return 'Put it in quotes, or give text.';
  if (message.startsWith('must be one of')) return 'Take one of them.';
  // `spec.components[0].labels["a"]` is explained as `spec.components.labels`.
  const fields = path
    .split('[')
    .map((part, at) => (at === 0 ? part : part.slice(part.indexOf(']') + 1)))
    .join('');
  return `Correct it; what it may be says: kubectl explain ${[kind, fields].filter((part) => part !== '').join('.')}`;
}

/** Hints of schemas begin in lower case, since they stand behind others. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
