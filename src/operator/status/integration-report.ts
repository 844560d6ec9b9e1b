import { type QuayIntegrationStatus } from '../../api/index.js';
import { type CertificateState } from '../../certs/index.js';
import { type Failure } from '../../converge/index.js';

/** What the parts of the operator have found out about one integration; each writes its own field. */
export interface Findings {
  /** Why it cannot be used at all. */
  readonly fault?: Failure | undefined;
  readonly quay?: Failure | undefined;
  readonly repository?: Failure | undefined;
  /** Why the last way from the cluster to Git, and back into the cluster, did not come to its end. */
  readonly road?: Failure | undefined;
  readonly diverged?: string | undefined;
  /** Inputs that could not be read, so that documents only grow. */
  readonly unknown?: readonly string[];
  /** Faults of files in the state repository, in words. */
  readonly problems?: readonly string[];
  /** Files where somebody took our change back, in words. */
  readonly reverted?: readonly string[];
  /** Namespaces that it selects and another integration has, in words. */
  readonly lost?: readonly string[];
  readonly published?: string | undefined;
  readonly applied?: string | undefined;
  /** What the state repository says to leave alone. */
  readonly ignored?: QuayIntegrationStatus['ignored'] | undefined;
  readonly plan?: QuayIntegrationStatus['plan'] | undefined;
  readonly deletions?: QuayIntegrationStatus['deletions'] | undefined;
  readonly held?: QuayIntegrationStatus['held'] | undefined;
  /** What is to be known and changes nothing. */
  readonly notes?: readonly string[];
  /** Builds that wait for their push secrets, in words. */
  readonly waiting?: readonly string[];
  /** How the certificates of the webhook are, where they are looked after. */
  readonly certificate?: Pick<CertificateState, 'ready' | 'reason' | 'message'> | undefined;
  /** Whether the way has been gone at least once since the start. */
  readonly travelled?: boolean;
}

/** What is to be left alone: as the last way found it, and until then as the status has it from before a restart. */
export function ignoredNow(
  { travelled, ignored }: Findings,
  before: QuayIntegrationStatus | undefined,
): QuayIntegrationStatus['ignored'] {
  return travelled === true ? ignored : before?.ignored;
}

/** What is held: as it was found out, and until then as the status has it from before a restart. */
export function heldNow(findings: Findings, before: QuayIntegrationStatus | undefined): QuayIntegrationStatus['held'] {
  return 'held' in findings ? findings.held : before?.held;
}

/** How far the organizations of an integration are. */
export interface Standing {
  readonly organizations: number;
  readonly ready: number;
  /** The commonest reason of those that are not, and an example. */
  readonly worst?: { readonly reason: string; readonly message: string; readonly count: number };
}
