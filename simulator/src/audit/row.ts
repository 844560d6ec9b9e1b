import { type Call, param } from '../http/call.js';
import { type Json, type JsonObject } from '../http/json.js';

/** A row of the audit log to come; who did it is added when it is written. */
export interface Row {
  readonly kind: string;
  /** The namespace that it is listed under, by name. */
  readonly namespace: string;
  readonly metadata: JsonObject;
}

/** What a call that succeeds writes, by what is there before it. */
export type Rule = (call: Call, body: JsonObject) => readonly Row[] | ((answer: Json) => readonly Row[]);

/** Where a call works: its namespace, and what of the path its rows always name. */
interface Place {
  readonly namespace: string;
  readonly metadata: JsonObject;
}

/** An organization; few kinds repeat its name in their metadata. */
export function inOrganization(call: Call): Place {
  return { namespace: param(call, 'orgname'), metadata: {} };
}

/** A repository, which its rows name. */
export function inRepository(call: Call): Place {
  const namespace = param(call, 'namespace');
  return { namespace, metadata: { repo: param(call, 'repository'), namespace } };
}

/** One row of a kind at a place, with the path's parameters (as `name` or `parameter:name`) and keys of the body. */
export function one(
  kind: string,
  place: (call: Call) => Place,
  named: { readonly path?: readonly string[]; readonly body?: readonly string[] } = {},
): Rule {
  return (call, body) => {
    const { namespace, metadata } = place(call);
    const path = (named.path ?? []).map((entry) => {
      const [parameter = '', name = parameter] = entry.split(':');
      return [name, param(call, parameter)] as const;
    });
    const given = (named.body ?? []).map((key) => [key, body[key] ?? null] as const);
    return [{ kind, namespace, metadata: { ...metadata, ...Object.fromEntries([...path, ...given]) } }];
  };
}
