import { toError } from '../errors/index.js';
import { backoff, type Clock, sleep, systemClock } from '../clock/index.js';
import {
  contentionWords,
  type KubeClient,
  type Repairs,
  resourceTypes,
  secretData,
  watchObject,
} from '../kube/index.js';
import { renewCertificates } from './ensure.js';
import { type CertificateLog, type CertificateOptions } from './options.js';
import { type CertificateState } from './state.js';
import { certificatesOwner } from './step-repair.js';
import { watchConfiguration } from './webhook-configuration.js';
import { describeStep } from './words.js';

export interface KeeperOptions {
  readonly client: KubeClient;
  readonly options: CertificateOptions;
  readonly log: CertificateLog;
  /** Called after every check with a new result. */
  readonly onState?: (state: CertificateState) => void;
  /** Asked before every write: whether we still lead. */
  readonly mayWrite?: () => boolean;
  /** Where somebody else undoes what is written. */
  readonly repairs?: Repairs;
  /** Between two looks when nothing happens. Default one minute. */
  readonly intervalMilliseconds?: number;
  readonly settleMilliseconds?: number;
  readonly now?: () => number;
  readonly clock?: Clock;
}

/** Keeps the certificates of a webhook good for as long as it runs; one for each term as leader. */
export interface CertificateKeeper {
  readonly start: () => void;
  /** Ends after the running write. */
  readonly stop: () => Promise<void>;
  /** Undefined before the first look. */
  readonly state: () => CertificateState | undefined;
  /** Looks at once. */
  readonly check: () => void;
}

const afterFailure = { first: 1_000, most: 60_000 };

/** A keeper that has not begun yet. */
export function createCertificateKeeper(given: KeeperOptions): CertificateKeeper {
  const { client, options, clock = systemClock } = given;
  const stopping = new AbortController();
  const keeping: Keeping = { given, clock, signal: stopping.signal, alarm: new AbortController(), state: undefined };
  const check = (): void => keeping.alarm.abort();
  const { namespace, authoritySecret, certificateSecret, configurations, flavour } = options;
  const names = flavour === 'job' ? [authoritySecret, certificateSecret] : [certificateSecret];
  const secrets = names.map((name) =>
    watchObject(client, resourceTypes.secret, { namespace, name }, { keep: secretData, clock }),
  );
  const watches = [...secrets, ...configurations.map((name) => watchConfiguration(client, name, clock))];
  for (const watch of watches) watch.subscribe(check);
  let running: Promise<void> | undefined;
  return {
    start: () => {
      if (running !== undefined) return;
      for (const watch of watches) watch.start();
      running = keep(keeping);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([running, ...watches.map((watch) => watch.stop())]);
    },
    state: () => keeping.state,
    check,
  };
}

interface Keeping {
  readonly given: KeeperOptions;
  readonly clock: Clock;
  /** Says that the keeper stops. */
  readonly signal: AbortSignal;
  /** Aborted by who wants the next look at once. */
  alarm: AbortController;
  state: CertificateState | undefined;
}

async function keep(keeping: Keeping): Promise<void> {
  const { given, clock, signal } = keeping;
  const { repairs, intervalMilliseconds = 60_000 } = given;
  for (let failures = 0; !signal.aborted;) {
    // Whatever rings from here on is not yet in what the look below sees.
    keeping.alarm = new AbortController();
    const { signal: rung } = keeping.alarm;
    try {
      become(keeping, await look(keeping));
      failures = 0;
    } catch (error) {
      failures += 1;
      const { message } = toError(error);
      become(keeping, { bundle: '', ...keeping.state, ready: false, reason: 'CertificatesUnknown', message });
    }
    const due = repairs?.due(certificatesOwner) ?? intervalMilliseconds;
    const pause = failures === 0 ? Math.min(due, intervalMilliseconds) : backoff(afterFailure, failures);
    await sleep(clock, pause, AbortSignal.any([signal, rung]));
  }
}

async function look({ given, clock, signal }: Keeping): Promise<CertificateState> {
  const { client, options, log, mayWrite, repairs, settleMilliseconds, now } = given;
  const { state } = await renewCertificates(client, options, {
    clock,
    signal,
    ...(settleMilliseconds !== undefined && { settleMilliseconds }),
    ...(now && { now }),
    ...(mayWrite && { mayWrite }),
    ...(repairs && { repairs }),
    onStep: (step) => log.info({ step: step.act }, describeStep(step, options)),
  });
  const message = contentionWords(repairs?.contentions(certificatesOwner) ?? []);
  return message === '' ? state : { ...state, ready: false, reason: 'Contended', message };
}

function become(keeping: Keeping, next: CertificateState): void {
  const { log, onState } = keeping.given;
  const same = JSON.stringify(next) === JSON.stringify(keeping.state);
  keeping.state = next;
  if (same) return;
  const print = next.ready ? log.info : log.warn;
  print.call(log, { reason: next.reason }, next.message);
  onState?.(next);
}
