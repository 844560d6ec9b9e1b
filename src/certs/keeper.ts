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
  /** Looks at once: for who has made a webhook configuration, or changed one. */
  readonly check: () => void;
}

const afterFailure = { first: 1_000, most: 60_000 };

/** A keeper that has not begun yet. */
export function createCertificateKeeper({
  client,
  options,
  log,
  onState,
  mayWrite,
  repairs,
  ...given
}: KeeperOptions): CertificateKeeper {
  const { intervalMilliseconds = 60_000, clock = systemClock, ...timing } = given;
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: CertificateState | undefined;
  let alarm = new AbortController();
  let running: Promise<void> | undefined;

  const check = (): void => alarm.abort();
  const become = (next: CertificateState): void => {
    const same = JSON.stringify(next) === JSON.stringify(state);
    state = next;
    if (same) return;
    const print = next.ready ? log.info : log.warn;
    print.call(log, { reason: next.reason }, next.message);
    onState?.(next);
  };
  const look = async (): Promise<void> => {
    const { state: found } = await renewCertificates(client, options, {
      ...timing,
      clock,
      signal,
      ...(mayWrite && { mayWrite }),
      ...(repairs && { repairs }),
      onStep: (step) => log.info({ step: step.act }, describeStep(step, options)),
    });
    const message = contentionWords(repairs?.contentions(certificatesOwner) ?? []);
    become(message === '' ? found : { ...found, ready: false, reason: 'Contended', message });
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      // Whatever rings from here on is not yet in what the look below sees.
      alarm = new AbortController();
      const { signal: rung } = alarm;
      try {
        await look();
        failures = 0;
      } catch (error) {
        failures += 1;
        const { message } = toError(error);
        become({ bundle: '', ...state, ready: false, reason: 'CertificatesUnknown', message });
      }
      const due = repairs?.due(certificatesOwner) ?? intervalMilliseconds;
      const pause = failures === 0 ? Math.min(due, intervalMilliseconds) : backoff(afterFailure, failures);
      await sleep(clock, pause, AbortSignal.any([signal, rung]));
    }
  };

  const { namespace, authoritySecret, certificateSecret, flavour } = options;
  const names = flavour === 'job' ? [authoritySecret, certificateSecret] : [certificateSecret];
  const followed = names.map((name) =>
    watchObject(client, resourceTypes.secret, { namespace, name }, { keep: secretData, clock }),
  );
  for (const secret of followed) secret.subscribe(check);
  return {
    start: () => {
      if (running !== undefined) return;
      for (const secret of followed) secret.start();
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([running, ...followed.map((secret) => secret.stop())]);
    },
    state: () => state,
    check,
  };
}
