import { dayOf, isBackwards, isTooLong, type Period, periodOf } from '../../audit/period.js';
import { canAdminister, unauthorized } from '../../auth/permissions.js';
import { requireSuperuser } from '../../auth/require.js';
import { type Call, param, type Simulation } from '../../http/call.js';
import { type ApiResponse, json } from '../../http/message.js';
import { pageStart, pageToken } from '../../http/page-token.js';
import { queryInteger, queryText } from '../../http/query.js';
import { crash, dataError } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { type AuditEntry, type Namespace } from '../../state/model.js';
import { mailDate } from '../dates.js';
import { avatar, avatarOf } from '../user/avatar.js';

const perPage = 20;
/** What a page token stands for: the place of an entry and two more, so that there is one for "none left". */
const offset = 2;
const invalidRange = 'Invalid date range for logs';

function namespaceOf(call: Call): Namespace {
  const name = param(call, 'orgname');
  if (!canAdminister(call, name)) throw unauthorized(call);
  const namespace = call.simulation.state.namespaces.get(name);
  if (!namespace) throw dataError(`Invalid namespace requested: ${name}`);
  return namespace;
}

function askedPeriod(call: Call): Period {
  return periodOf(queryText(call, 'starttime'), queryText(call, 'endtime'), call.simulation.clock());
}

function isIn({ from, to }: Period, of?: Namespace): (entry: AuditEntry) => boolean {
  return ({ time, namespace }) => time >= from && time < to && (of === undefined || namespace === of);
}

/** A number for each kind and day. */
function counts({ state }: Simulation, period: Period, of?: Namespace): ApiResponse {
  const found = new Map<string, { kind: string; count: number; datetime: string }>();
  for (let at = state.auditLog.length - 1; at >= 0; at -= 1) {
    const entry = state.auditLog[at];
    if (entry === undefined || entry.time < period.from) break;
    if (!isIn(period, of)(entry)) continue;
    const day = dayOf(entry.time);
    const key = `${entry.kind} ${day}`;
    const known = found.get(key) ?? { kind: entry.kind, count: 0, datetime: mailDate(new Date(day)) };
    known.count += 1;
    found.set(key, known);
  }
  return json({ aggregated: [...found.values()] });
}

/** A page of entries, the newest first. The last has a successor as well, which is empty: two older tables would follow. */
function list(call: Call, of?: Namespace): ApiResponse {
  const { simulation } = call;
  const { auditLog } = simulation.state;
  queryInteger(call, 'page', 'Page in the list');
  const period = askedPeriod(call);
  const start = pageStart(simulation, queryText(call, 'next_page'));
  const found: AuditEntry[] = [];
  let at = start === 0 ? auditLog.length - 1 : start - offset;
  for (; at >= 0 && found.length < perPage; at -= 1) {
    const entry = auditLog[at];
    if (entry !== undefined && isIn(period, of)(entry)) found.push(entry);
  }
  const isOver = start === offset - 1;
  const next = found.length < perPage ? offset - 1 : at + offset;
  return json({
    start_time: mailDate(new Date(period.from)),
    end_time: mailDate(new Date(period.to)),
    logs: found.map((entry) => entryView(simulation, entry, of === undefined)),
    ...(!isOver && { next_page: pageToken(simulation, next) }),
  });
}

function entryView(simulation: Simulation, { kind, metadata, time, performer, namespace }: AuditEntry, whole: boolean) {
  return {
    kind,
    metadata,
    ip: performer ? '127.0.0.1' : null,
    datetime: mailDate(new Date(time)),
    ...(performer && {
      performer: { kind: 'user', name: performer.name, is_robot: false, avatar: avatarOf(performer) },
    }),
    ...(whole && namespaceKey(simulation, namespace)),
  };
}

/** By the name that it has now: a UUID once it is deleted, nothing once the garbage collector ran. */
function namespaceKey({ state }: Simulation, namespace: Namespace | undefined): object {
  if (namespace === undefined) return {};
  const isThere = state.namespaces.get(namespace.name) === namespace;
  if (!isThere && state.deletedNamespaces.get(namespace.name) !== namespace) return {};
  const kind = namespace.organization ? 'org' : 'user';
  const name = isThere ? namespace.name : namespace.standInEmail;
  return { namespace: { kind, name, avatar: avatar(name, kind, namespace.email) } };
}

const superusers = { features: ['SUPER_USERS'] };
const organization = '/api/v1/organization/{orgname}';

/** The audit log: of everything for superusers, of an organization for who administers it. */
export const auditLogRoutes: readonly Route[] = [
  route(
    '/api/v1/superuser/aggregatelogs',
    {
      GET: (call) => {
        requireSuperuser(call);
        const period = askedPeriod(call);
        if (isTooLong(period)) throw crash();
        return counts(call.simulation, period);
      },
    },
    { ...superusers, internal: ['GET'] },
  ),
  route(
    '/api/v1/superuser/logs',
    {
      GET: (call) => {
        requireSuperuser(call);
        return list(call);
      },
    },
    superusers,
  ),
  route(
    `${organization}/aggregatelogs`,
    {
      GET: (call) => {
        const namespace = namespaceOf(call);
        const period = askedPeriod(call);
        if (isTooLong(period) || isBackwards(period)) throw dataError(invalidRange);
        return counts(call.simulation, period, namespace);
      },
    },
    { features: ['AGGREGATED_LOG_COUNT_RETRIEVAL'] },
  ),
  route(`${organization}/logs`, { GET: (call) => list(call, namespaceOf(call)) }),
];
