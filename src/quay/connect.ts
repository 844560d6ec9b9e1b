import type { SecretRef } from '../api/index.js';
import type { Change, Needs } from '../plan/index.js';
import { failure } from './answer/failure.js';
import { applyChange } from './apply/apply.js';
import type { Applied } from './apply/context.js';
import { asking, type Explain } from './ask.js';
import { type AuditLog, auditLog } from './audit-log.js';
import { callsIn } from './calls-in.js';
import type { QuayConnection } from './connection.js';
import { explaining } from './denied.js';
import { type Features, featuresOf } from './features.js';
import { readLastPushes } from './last-pushes.js';
import { identityOf, scopeMissing, type WhoAmI } from './identity.js';
import type { Observation } from './observe/observation.js';
import { observe, type ObserveOptions } from './observe/observe.js';
import { countApplications, type Owners, readOwners } from './observe/owners.js';
import { listOrganizations } from './organizations.js';
import { robotNames } from './robot-names.js';
import { type MissingScopes, missingScopesOf } from './scopes.js';
import { openTransport, type Transport } from './transport/transport.js';

/** One Quay, as one token sees it. Whoever writes to an organization does so one change after the other. */
export interface Quay {
  /** Whose token it is; remembered for ten minutes. */
  whoAmI(): Promise<{ readonly username: string; readonly superuser: boolean }>;
  /** The scopes that the token lacks, of those that can be seen without an organization; remembered for the token. */
  missingScopes(): Promise<readonly string[]>;
  /**
   * Throws ScopeMissing where the token can make nothing in an organization: those that it created would stay empty, and nobody
   * would know whose they are.
   */
  demandAdministration(): Promise<void>;
  /** What this Quay offers; remembered for ten minutes. */
  features(): Promise<Features>;
  /** Reads an organization: all of it, or an error. */
  observe(organization: string, needs: Needs, options?: ObserveOptions): Promise<Observation>;
  /** Who is in these teams (default: `owners`), is invited into them, and whether they follow a group. */
  owners(organization: string, teams?: readonly string[]): Promise<Owners>;
  /** How many OAuth applications it has: their tokens act for people. */
  applications(organization: string): Promise<number>;
  /** Makes one change; again is harmless. A robot that is made brings its token. */
  apply(organization: string, change: Change, secrets: (ref: SecretRef) => string): Promise<Applied>;
  /** When each repository got its newest tag, in milliseconds since 1970; none that has no tag. */
  lastPushes(organization: string): Promise<ReadonlyMap<string, number>>;
  /** What was done in the whole registry; for superusers only. */
  readonly auditLog: AuditLog;
  /** Names of all organizations; for superusers only. */
  listOrganizations(): Promise<readonly string[]>;
  /** The same, whose calls let others go first where calls have to wait. */
  inBackground(): Quay;
  /** Calls made so far, repetitions included. */
  readonly calls: { readonly reads: number; readonly writes: number };
  /** Drops all connections; calls on their way fail. */
  close(): Promise<void>;
}

/** What all that goes over one connection shares: what is asked once is known to all of it. */
interface Shared {
  readonly now: () => number;
  readonly ownToken: () => readonly string[];
  readonly whoAmI: WhoAmI;
  readonly missingScopes: MissingScopes;
  readonly features: () => Promise<Features>;
  readonly explain: Explain;
}

/** Connects to a Quay; nothing is sent before the first question. */
export function connectQuay(connection: QuayConnection): Quay {
  const transport = openTransport(connection);
  const now = connection.now ?? (() => performance.now());
  const { token } = connection;
  const ownToken = (): readonly string[] => [token().trim()];
  const plain = asking(transport, ownToken, (failed) => Promise.resolve(failure(failed)));
  const whoAmI = identityOf(plain, token, now);
  const missingScopes = missingScopesOf(plain, token, whoAmI, now);
  const explain = explaining(plain, whoAmI, missingScopes);
  const features = featuresOf(plain, now);
  const shared: Shared = { now, ownToken, whoAmI, missingScopes, features, explain };
  const patient: Transport = { ...transport, send: (call) => transport.send({ ...call, background: true }) };
  const background: Quay = { ...quayOver(patient, shared), inBackground: () => background };
  return { ...quayOver(transport, shared), inBackground: () => background };
}

function quayOver(transport: Transport, shared: Shared): Omit<Quay, 'inBackground'> {
  const { now, ownToken, whoAmI, missingScopes, features, explain } = shared;
  const ask = asking(transport, ownToken, explain);
  const about = (organization: string) => ({
    ask,
    features,
    calls: callsIn(organization),
    names: robotNames(organization),
  });
  return {
    whoAmI: () => whoAmI(),
    missingScopes,
    demandAdministration: async () => {
      if (!(await missingScopes()).includes('org:admin')) return;
      throw scopeMissing('what the token may do', 'org:admin', ', so nothing could be made in an organization');
    },
    features,
    observe: (organization, needs, options = {}) => {
      const since = now();
      // Who looks at others at the same time asks the same.
      const whoseIsIt: typeof whoAmI = () => whoAmI(now() - since);
      return observe({ ...about(organization), needs }, { whoAmI: whoseIsIt, missingScopes }, options);
    },
    owners: (organization, teams = ['owners']) => readOwners(about(organization), teams),
    applications: (organization) => countApplications(about(organization)),
    apply: (organization, change, secrets) => {
      // Whatever secret a change asks for is kept out of the messages of all its calls.
      const shown: string[] = [];
      const remember = (ref: SecretRef): string => {
        const value = secrets(ref);
        shown.push(value);
        return value;
      };
      const discreet = asking(transport, () => [...ownToken(), ...shown], explain);
      return applyChange({ ...about(organization), ask: discreet, secrets: remember }, change);
    },
    lastPushes: (organization) => readLastPushes(ask, organization),
    auditLog: auditLog(ask),
    listOrganizations: () => listOrganizations(ask),
    calls: transport.counts,
    close: () => transport.close(),
  };
}
