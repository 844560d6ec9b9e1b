import { durationSeconds, lookAgainAnnotation, type QuayIntegration } from '../../api/index.js';
import { type ReviewOutcome } from '../../review/index.js';

/** A merge that no delivery of the forge's webhook told of. */
export interface WebhookSilence {
  readonly request: number;
  /** When it was found by polling, in milliseconds since 1970. */
  readonly since: number;
}

/** How much later than the merge a delivery may come, in milliseconds. */
const grace = 60_000;

/**
 * Whether the webhook is silent: a merge was found, and since the poll before it no delivery has left its time on the integration.
 * The next delivery ends it.
 */
export function webhookSilence(
  { metadata, spec }: QuayIntegration,
  outcome: Pick<ReviewOutcome, 'events'> | undefined,
  before: WebhookSilence | undefined,
  now: number,
): WebhookSilence | undefined {
  if (spec.git.forge?.webhook === undefined) return undefined;
  const heard = Date.parse(metadata.annotations?.[lookAgainAnnotation] ?? '');
  for (const event of outcome?.events ?? []) {
    if (event.type !== 'Merged') continue;
    const isTold = heard > now - durationSeconds(spec.git.interval) * 1_000 - grace;
    return isTold ? undefined : { request: event.request.number, since: now };
  }
  return before !== undefined && heard > before.since ? undefined : before;
}

/** The silence in the words of a condition. */
export function silenceWords({ request }: WebhookSilence): string {
  return (
    `pull request ${request} was merged, and no delivery of the webhook told of it: it was found by polling. ` +
    'Look at the deliveries of the webhook on the forge: its address, its secret, and its events (pushes and pull requests)'
  );
}
