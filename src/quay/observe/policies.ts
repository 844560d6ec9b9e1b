import type { ObservedAutoPrune, ObservedImmutability } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagOr, type JsonObject, listIn, numberIn, objectOf, optionalText, textIn, wordIn } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import type { Call } from '../transport/call.js';

/** The call about policies of a kind: on a repository, or on the organization. */
export function policyCall(
  calls: CallsIn,
  method: Call['method'],
  kind: 'autoprunepolicy' | 'immutabilitypolicy',
  { repository, uuid, body }: { readonly repository?: string; readonly uuid?: string; readonly body?: unknown },
): Call {
  const rest = uuid === undefined ? `/${kind}/` : `/${kind}/{uuid}`;
  const values = uuid === undefined ? [] : [uuid];
  return repository === undefined
    ? calls.organization(method, rest, values, { body })
    : calls.repository(method, rest, [repository, ...values], { body });
}

async function readPolicies<T>(
  ask: Ask,
  call: Call,
  parse: (policy: JsonObject, source: string) => T,
): Promise<readonly T[]> {
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the list');
  return listIn(body, 'policies', source).map((entry) => parse(objectOf(entry, source, 'a policy'), source));
}

/** Auto-prune policies of a repository, or of the organization. */
export function readAutoPrune(ask: Ask, calls: CallsIn, repository?: string): Promise<readonly ObservedAutoPrune[]> {
  return readPolicies(ask, policyCall(calls, 'GET', 'autoprunepolicy', { repository }), (policy, source) => {
    const byNumber = wordIn(policy, 'method', ['number_of_tags', 'creation_date'], source) === 'number_of_tags';
    return {
      uuid: textIn(policy, 'uuid', source),
      numberOfTags: byNumber ? numberIn(policy, 'value', source) : undefined,
      olderThan: byNumber ? undefined : textIn(policy, 'value', source),
      tagPattern: optionalText(policy, 'tagPattern', source),
      tagPatternMatches: flagOr(policy, 'tagPatternMatches', true, source),
    };
  });
}

/** Immutability policies of a repository, or of the organization. */
export function readImmutability(
  ask: Ask,
  calls: CallsIn,
  repository?: string,
): Promise<readonly ObservedImmutability[]> {
  return readPolicies(ask, policyCall(calls, 'GET', 'immutabilitypolicy', { repository }), (policy, source) => ({
    uuid: textIn(policy, 'uuid', source),
    tagPattern: textIn(policy, 'tagPattern', source),
    tagPatternMatches: flagOr(policy, 'tagPatternMatches', true, source),
  }));
}
