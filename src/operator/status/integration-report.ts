import { type QuayIntegrationStatus, type Reason } from '../../api/index.js';
import { type CertificateState } from '../../certs/index.js';
import { type Failure } from '../../converge/index.js';
import { type Report } from '../../policy/index.js';
import { type WebhookSilence } from './webhook-silence.js';
import { type ReviewOutcome } from '../../review/index.js';

/** What the controllers report about one integration; each writes its own field. */
export interface IntegrationReport {
  /** Why it cannot be used at all. */
  readonly fault?: Failure | undefined;
  readonly quay?: Failure | undefined;
  readonly repository?: Failure | undefined;
  /** Why the last reconciliation of Git failed. */
  readonly gitSync?: Failure | undefined;
  readonly diverged?: string | undefined;
  /** Which other installation has the same identity, in words. */
  readonly duplicated?: string | undefined;
  readonly term?: QuayIntegrationStatus['term'] | undefined;
  /** Inputs that could not be read, so that documents only grow. */
  readonly unknown?: readonly string[];
  /** Faults of files in the state repository, in words. */
  readonly problems?: readonly string[];
  /** Files where somebody took our change back, in words. */
  readonly reverted?: readonly string[];
  /** Namespaces that it selects and another integration has, in words. */
  readonly lost?: readonly string[];
  /** Projects that OpenShift has not finished setting up. */
  readonly notReady?: readonly string[];
  /** What waits for people: how it stands, or why that is not known. */
  readonly proposal?:
    { readonly outcome?: ReviewOutcome; readonly fault?: Failure; readonly refused?: string } | undefined;
  /** That the webhook of the forge told nothing of a merge. */
  readonly silence?: WebhookSilence | undefined;
  /** When the token for the forge ends, in milliseconds since 1970. */
  readonly tokenExpires?: number | undefined;
  readonly published?: string | undefined;
  readonly applied?: string | undefined;
  /** Objects that are not as the state repository has them, and why. */
  readonly objects?: readonly Report[];
  /** What ignore.yaml in the state repository lists. */
  readonly ignored?: QuayIntegrationStatus['ignored'] | undefined;
  readonly plan?: QuayIntegrationStatus['plan'] | undefined;
  readonly deletions?: QuayIntegrationStatus['deletions'] | undefined;
  readonly held?: QuayIntegrationStatus['held'] | undefined;
  /** Organizations that a person may agree about. */
  readonly agreements?: Pick<QuayIntegrationStatus, 'uncertain' | 'adoptable'>;
  /** Notes that change no other condition. */
  readonly notes?: readonly string[];
  /** Why Quay's audit log is not relied on, in words. */
  readonly auditLog?: string | undefined;
  /** Builds that wait for their push secrets, in words. */
  readonly waiting?: readonly string[];
  /** The state of the webhook's certificates, where they are managed. */
  readonly certificate?: Pick<CertificateState, 'ready' | 'reason' | 'message'> | undefined;
  /** Whether Git was reconciled at least once since the start. */
  readonly reconciled?: boolean;
}

/** What ignore.yaml lists: as the last reconciliation read it, and until then as the status has it from before a restart. */
export function ignoredNow(
  { reconciled, ignored }: IntegrationReport,
  before: QuayIntegrationStatus | undefined,
): QuayIntegrationStatus['ignored'] {
  return reconciled === true ? ignored : before?.ignored;
}

/** What is held: as it was found out, and until then as the status has it from before a restart. */
export function heldNow(
  reported: IntegrationReport,
  before: QuayIntegrationStatus | undefined,
): QuayIntegrationStatus['held'] {
  return 'held' in reported ? reported.held : before?.held;
}

/** What waits for an agreement: as it was found out, and until then as the status has it from before a restart. */
export function agreementsNow(
  { agreements }: IntegrationReport,
  before: QuayIntegrationStatus | undefined,
): Pick<QuayIntegrationStatus, 'uncertain' | 'adoptable'> {
  return agreements ?? { uncertain: before?.uncertain, adoptable: before?.adoptable };
}

/** Counts of the organizations of an integration. */
export interface OrganizationSummary {
  readonly organizations: number;
  readonly ready: number;
  /** Why the others are not, what concerns the whole connection first, then the commonest. */
  readonly faults: readonly FaultSummary[];
}

/** Organizations that are not ready for the same reason, and what one of them says. */
export interface FaultSummary {
  readonly reason: Reason;
  readonly message: string;
  readonly count: number;
}
