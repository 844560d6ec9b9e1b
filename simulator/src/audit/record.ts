import { hash } from 'node:crypto';
import { type Call, type Simulation } from '../http/call.js';
import { isObject, type Json, type JsonObject } from '../http/json.js';
import { type ApiResponse } from '../http/message.js';
import { type AccessToken, type Namespace } from '../state/model.js';
import { organizationRules } from './organization-rules.js';
import { repositoryRules } from './repository-rules.js';
import { type Row, type Rule } from './row.js';
import { settingRules } from './setting-rules.js';

/** Which calls write rows, by method and template of the route. */
export const rules: Readonly<Record<string, Rule>> = { ...organizationRules, ...repositoryRules, ...settingRules };

/** Looks at what there is before a call, and gives what writes its rows once it has succeeded. */
export function audited(call: Call, template: string): (response: ApiResponse) => void {
  const rule = rules[`${call.request.method} ${template}`];
  if (rule === undefined) return () => undefined;
  const { state } = call.simulation;
  const planned = rule(call, asObject(parsed(call.request.body)));
  const names = typeof planned === 'function' ? Object.values(call.params) : planned.map(({ namespace }) => namespace);
  const before = new Map(names.map((name) => [name, state.namespaces.get(name)]));
  return ({ status, body }) => {
    if (status >= 400) return;
    for (const row of typeof planned === 'function' ? planned(parsed(body)) : planned) {
      const namespace = state.namespaces.get(row.namespace) ?? before.get(row.namespace);
      write(
        call.simulation,
        { ...row, metadata: { ...row.metadata, ...tokenKeys(call.caller.token) } },
        {
          namespace,
          performer: call.caller.user,
        },
      );
    }
  };
}

/** Writes rows as pulls, pushes and workers do: without a performer. */
export function writeRows(simulation: Simulation, rows: readonly Row[]): void {
  for (const row of rows) {
    write(simulation, row, { namespace: simulation.state.namespaces.get(row.namespace), performer: undefined });
  }
}

function write(
  { state, clock }: Simulation,
  { kind, metadata }: Pick<Row, 'kind' | 'metadata'>,
  by: { readonly namespace: Namespace | undefined; readonly performer: Namespace | undefined },
): void {
  state.auditLog.push({ kind, metadata, time: clock().getTime(), ...by });
}

/** A token of the fixtures has no application of its own: its id stands for one. */
function tokenKeys(token: AccessToken | undefined): JsonObject {
  if (token === undefined) return {};
  return {
    oauth_token_id: token.id,
    oauth_token_application_id: token.application?.clientId ?? hash('sha256', token.uuid).slice(0, 20).toUpperCase(),
    oauth_token_application: token.application?.name ?? token.name,
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
