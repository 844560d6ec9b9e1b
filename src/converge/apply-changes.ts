import type { QuayIntegration, SecretRef } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type Change, type PlannedChange, provides, requires, secretUseOf } from '../plan/index.js';
import { AlreadyThere, asksForEmail, type Quay, type RobotToken } from '../quay/index.js';
import type { FailedChange } from './change-set.js';
import { failureOf, stopsEverything, type Failure } from './failure.js';
import type { ConvergeProgress, DocumentSecrets } from './input.js';

/** What became of some changes. */
export interface Applied {
  readonly done: readonly PlannedChange[];
  readonly failed: readonly FailedChange[];
  readonly notDone: readonly PlannedChange[];
  /** Of those done or failed the ones whose item existed already, created by somebody else. */
  readonly found: readonly PlannedChange[];
  /** Tokens of robots that were made, by short name. */
  readonly tokens: ReadonlyMap<string, RobotToken>;
}

/** Where and how changes are made. */
export interface Applying {
  readonly quay: Quay;
  readonly organization: string;
  readonly integration: QuayIntegration;
  readonly secrets?: DocumentSecrets | undefined;
  readonly onProgress?: ((progress: ConvergeProgress) => void) | undefined;
  /** Whether the whole run was stopped. */
  readonly isStopped: () => boolean;
  /** Stops the whole run. */
  readonly stop: (failure: Failure) => void;
}

/** Makes the changes of one organization, one after the other; one that fails takes only those along that need it. */
export async function applyChanges(applying: Applying, changes: readonly PlannedChange[]): Promise<Applied> {
  const done: PlannedChange[] = [];
  const failed: FailedChange[] = [];
  const notDone: PlannedChange[] = [];
  const found: PlannedChange[] = [];
  const note = (planned: PlannedChange, wasThere: boolean | undefined): void => {
    if (wasThere === true) found.push(planned);
  };
  const tokens = new Map<string, RobotToken>();
  const missing = new Set<string>();
  for (const planned of changes) {
    if (applying.isStopped() || requires(planned.change).some((need) => missing.has(need))) {
      notDone.push(planned);
      provides(planned.change).forEach((managedItem) => missing.add(managedItem));
      continue;
    }
    const { organization } = applying;
    try {
      const { token, wasThere } = await applyOne(applying, planned.change);
      note(planned, wasThere);
      if (token !== undefined && planned.change.type === 'CreateRobot') tokens.set(planned.change.robot, token);
      done.push(planned);
      applying.onProgress?.({ organization, event: 'done', change: planned });
    } catch (error) {
      const failure = failureOf(error);
      note(planned, error instanceof AlreadyThere);
      failed.push({ change: planned, failure });
      provides(planned.change).forEach((managedItem) => missing.add(managedItem));
      applying.onProgress?.({ organization, event: 'failed', change: planned });
      if (stopsEverything(failure)) applying.stop(failure);
    }
  }
  return { done, failed, notDone, found, tokens };
}

type Outcome = Awaited<ReturnType<Quay['apply']>>;

const noSecrets = ({ name, key }: SecretRef): never => {
  throw new TerminalError(
    'CredentialsMissing',
    `the change needs key ${key} of Secret ${name}, and no secrets are at hand`,
  );
};

async function applyOne(applying: Applying, change: Change): Promise<Outcome> {
  const { quay, organization, integration } = applying;
  const use = secretUseOf(change);
  const secrets = (ref: SecretRef): string =>
    use === undefined || applying.secrets === undefined ? noSecrets(ref) : applying.secrets(ref, { organization, use });
  try {
    return await quay.apply(organization, change, secrets);
  } catch (error) {
    // An address is only made up for a registry that insists on one.
    if (change.type !== 'CreateOrganization' || change.email !== undefined || !asksForEmail(error)) throw error;
    return quay.apply(organization, { ...change, email: emailFor(organization, integration) }, secrets);
  }
}

function emailFor(organization: string, { spec }: QuayIntegration): string {
  const template = spec.organizationEmail ?? '<organization>@quayside.invalid';
  return template.replaceAll('<organization>', organization);
}
