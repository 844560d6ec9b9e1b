import { type RegistryCondition } from '../../api/index.js';
import { type Fault } from '../faults.js';
import { type RegistryModel } from '../model.js';
import { independentStates, type States } from './component-states.js';
import { type ObservedObjects } from './observed.js';
import { notManaged, notReady, type State } from './state.js';
import { workloadState } from './workload-state.js';

/** What the conditions of a registry follow from. */
export interface ConditionInputs {
  readonly model: RegistryModel;
  readonly faults: readonly Fault[];
  readonly observed: ObservedObjects;
  /** `status.currentVersion`: the version whose migration has finished. */
  readonly currentVersion?: string;
  /** The conditions as they are: what did not change keeps its times. */
  readonly previous?: readonly RegistryCondition[];
  /** RFC 3339. */
  readonly now: string;
}

/** What Quay cannot be ready without. */
const needed = ['Postgres', 'ObjectStorage', 'Clair', 'ClairPostgres', 'TLS', 'Redis'];

/** The fourteen conditions, with the types and reasons of the Quay Operator. */
export function conditionsOf(inputs: ConditionInputs): readonly RegistryCondition[] {
  const { model, observed, faults, previous = [], now } = inputs;
  const independent = independentStates(model, observed, faults);
  const created = migrationState(inputs);
  const quay = quayState(model, observed, independent, created);
  const components: States = {
    ...independent,
    ComponentQuayReady: quay,
    ComponentMirrorReady: mirrorState(model, observed, quay),
  };
  const all: States = {
    RolloutBlocked: blockedState(faults),
    ComponentsCreated: created,
    ...components,
    Available: availableState(components),
  };
  return Object.entries(all).map(([type, state]) => stamped(type, state, previous, now));
}

function blockedState(faults: readonly Fault[]): State {
  const errors = faults.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) {
    return {
      status: 'False',
      reason: 'ComponentsCreationSuccess',
      message: 'Nothing keeps changes from being applied',
    };
  }
  const message = errors.map(({ object, path, message: what, hint = '' }) => {
    const where = path === '' ? object : `${object} ${path}`;
    return `${where}: ${what}${hint === '' ? '' : ` (${hint})`}`;
  });
  return { status: 'True', reason: first.reason, message: message.join('\n') };
}

function migrationState({ model, observed, currentVersion }: ConditionInputs): State {
  const done: State = { status: 'True', reason: 'ComponentsCreationSuccess', message: 'All components are created' };
  const { name } = model.migration;
  const job = observed.jobs?.[name];
  // A Job that has finished may be deleted: the version stays in the status.
  if (currentVersion === model.version || (job?.owned === true && job.succeeded > 0)) return done;
  if (observed.jobs === undefined)
    return { status: 'Unknown', reason: 'Unknown', message: `Job ${name} could not be read` };
  if (job === undefined) return notReady(`Job ${name} is not there yet`, 'MigrationsJobMissing');
  if (job.failure !== undefined && job.active === 0) return notReady(`Job ${name}: ${job.failure}`, 'MigrationsFailed');
  return notReady(`Job ${name} is running`, 'MigrationsInProgress');
}

function quayState({ quay }: RegistryModel, observed: ObservedObjects, states: States, created: State): State {
  const missing = needed.filter((name) => states[`Component${name}Ready`]?.status !== 'True');
  if (missing.length > 0) return notReady(`Waiting for ${missing.join(', ')}`);
  return created.status === 'True' ? workloadState(quay, observed) : notReady(created.message);
}

function mirrorState({ mirror }: RegistryModel, observed: ObservedObjects, quay: State): State {
  if (mirror === undefined) return notManaged('The mirror');
  return quay.status === 'True' ? workloadState(mirror, observed) : notReady('Waiting for Quay');
}

function availableState(components: States): State {
  const wrong = Object.entries(components)
    .filter(([, { status }]) => status !== 'True')
    .map(([type]) => type.replace(/^Component(.*)Ready$/, '$1'));
  if (wrong.length > 0) return notReady(`Not ready: ${wrong.join(', ')}`);
  return { status: 'True', reason: 'HealthChecksPassing', message: 'All components are healthy' };
}

/** The times change only with what the condition says: a status at rest is not written again. */
function stamped(type: string, state: State, previous: readonly RegistryCondition[], now: string): RegistryCondition {
  const before = previous.find((condition) => condition.type === type);
  const isSame = before?.status === state.status && before.reason === state.reason && before.message === state.message;
  const updated = isSame ? before.lastUpdateTime : undefined;
  const moved = before?.status === state.status ? before.lastTransitionTime : undefined;
  return { type, ...state, lastUpdateTime: updated ?? now, lastTransitionTime: moved ?? now };
}
