import type * as z from 'zod';
import { TerminalError } from '../../errors/index.js';
import type { Call } from './answer.js';

/** What a forge answered, as a schema has it; a forge of another kind than stated shows here. */
export function expected<T extends z.ZodType>(
  schema: T,
  json: unknown,
  { call, host, kind }: { readonly call: Pick<Call, 'method' | 'path'>; readonly host: string; readonly kind: string },
): z.infer<T> {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'all of it' : issue.path.map(String).join('.');
  const [route = ''] = call.path.split('?');
  throw new TerminalError(
    'ForgeUnknown',
    `${call.method} ${route}: ${host} does not answer as ${kind} does (${where} is something else)`,
    { hint: 'Check spec.git.forge: kind, and url as the address of the API.' },
  );
}
