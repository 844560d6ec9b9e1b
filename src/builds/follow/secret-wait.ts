import { type AwaitingBuild, type Outlook } from '../outlook.js';
import { type WaitingBuild } from './options.js';

/** How long a Build has waited for its push secret. One Build of a name follows another, so the UID counts. */
export interface Wait {
  readonly uid: string;
  readonly since: number;
  /** Why the Secret cannot come, and since when that is so. */
  readonly hopeless?: { readonly reason: string; readonly since: number };
  /** What was told last. */
  readonly reported?: WaitingBuild;
}

/** Why a push secret is not there. */
export type Bad = Extract<Outlook, { readonly why: string }>;
export type Hopelessness = Extract<Bad, { readonly state: 'Hopeless' }>;

/** What to do about a Build that has waited for long. */
export type WaitStep =
  | { readonly does: 'Nothing' }
  | { readonly does: 'Wait'; readonly milliseconds: number }
  | { readonly does: 'Report'; readonly bad: Bad }
  | { readonly does: 'Cancel'; readonly bad: Hopelessness };

/** The wait of a Build that is seen waiting. */
export function seenWaiting(known: Wait | undefined, { uid }: AwaitingBuild, now: number): Wait {
  return known?.uid === uid ? known : { uid, since: now };
}

/**
 * What is known of the wait by an outlook, and what to do. An integration that is replaced, or a label that is gone for a moment,
 * must cost no Build: only the same reason that has lasted cancels it.
 */
export function weigh(
  { hopeless: before, ...wait }: Wait,
  { awaited }: AwaitingBuild,
  outlook: Outlook,
  { now, patience }: { readonly now: number; readonly patience: number },
): { readonly wait: Wait; readonly step: WaitStep } {
  if (outlook.state === 'Fine') return { wait: { uid: wait.uid, since: wait.since }, step: { does: 'Nothing' } };
  if (outlook.state === 'Unknown') return { wait, step: { does: 'Nothing' } };
  if (outlook.state === 'Coming') return { wait, step: { does: 'Report', bad: outlook } };
  const { reason } = outlook;
  const since = before?.reason === reason ? before.since : now;
  const hopeless = { ...wait, hopeless: { reason, since } };
  if (!awaited.own) return { wait: hopeless, step: { does: 'Report', bad: outlook } };
  const milliseconds = since + patience - now;
  return { wait: hopeless, step: milliseconds > 0 ? { does: 'Wait', milliseconds } : { does: 'Cancel', bad: outlook } };
}

/** The wait of a Build about which something is told. */
export function reportedWait(wait: Wait, { namespace, name, awaited }: AwaitingBuild, { integration, why }: Bad): Wait {
  const { pushSecret } = awaited;
  return { ...wait, reported: { namespace, build: name, pushSecret, why, ...(integration && { integration }) } };
}
