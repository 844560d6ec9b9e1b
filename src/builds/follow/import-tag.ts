import { QuaysideError, RetryableError } from '../../errors/index.js';
import { quayAddress } from '../../names/index.js';
import { type Candidate, importCandidate, importDecision, isPushedTo } from '../import-decision.js';
import { type BuildRecord } from '../import-record.js';
import { type ImageStreamTag } from '../image-stream-tag.js';
import { importImage } from './import-image.js';
import { type ImportOutcome, refusalOf } from './import-outcome.js';
import { type LiveStream, readStream } from './image-stream.js';
import { elsewhereEvent, importFailedEvent, streamGoneEvent } from './events.js';
import { type FollowContext, type FollowedNamespace, type ImportResult } from './options.js';
import { settle } from './settle.js';

/** Whether there is nothing left to do for a tag, or it has to be checked again without an event. */
export type TagState = 'Settled' | 'Waiting';

/** One tag, and what the newest of its Builds pushed. */
interface Job extends Candidate {
  readonly destination: ImageStreamTag;
  readonly followed: FollowedNamespace;
  /** Where the image is by the integration. */
  readonly image: string;
  /** `stream:tag` */
  readonly tag: string;
}

type Failed = Extract<ImportOutcome, { result: 'Failed' }>;

/** Imports the image of the newest complete Build of the tag, once. Throws what is to be retried. */
export async function importTag(context: FollowContext, builds: readonly BuildRecord[]): Promise<TagState> {
  const candidate = importCandidate(builds);
  const destination = candidate?.build.destination;
  if (candidate === undefined || destination === undefined) return 'Settled';
  const followed = context.integrationOf(candidate.build.namespace);
  if (followed === undefined || context.isSuspended(followed.integration)) return 'Waiting';
  const tag = `${destination.stream}:${destination.tag}`;
  const { host } = quayAddress(followed.integration.spec.quayHostname);
  const job = { ...candidate, destination, followed, tag, image: `${host}/${followed.organization}/${tag}` };
  if (!isPushedTo(job.build, job.image)) reportElsewhere(context, job);
  else await bringUpToDate(context, job);
  return 'Settled';
}

/** How often a stream is looked at again at once, because somebody wrote it while an image was fetched for it. */
const looks = 5;

async function bringUpToDate(context: FollowContext, job: Job): Promise<void> {
  const { client, imported } = context;
  const { build, destination } = job;
  // An annotation that could not be written is no reason to import again.
  const before = imported.get(build);
  if (before !== undefined) return settle(client, job, before);
  for (let look = 0; look < looks; look += 1) {
    const stream = await readStream(client, build.namespace, destination);
    const { decision } = importDecision(build, stream);
    if (stream === undefined) return giveUp(context, job);
    if (decision === 'Mark') {
      await settle(client, job, { digest: stream.current });
      return report(context, job, 'UpToDate');
    }
    if ((await importInto(context, job, stream)) !== 'ImageStreamChanged') return;
  }
  throw new RetryableError('Conflict', `the image stream of ${job.tag} is written again and again`);
}

/** Has the image imported; undefined when nothing is left to do, whatever came of it. */
async function importInto(
  context: FollowContext,
  job: Job,
  { resourceVersion, importPolicy: own }: LiveStream,
): Promise<'ImageStreamChanged' | undefined> {
  const { client, imported } = context;
  const { build, destination, image, followed } = job;
  const { insecureRegistry: insecure, scheduledImageStreamImport: scheduled } = followed.integration.spec;
  const request = { namespace: build.namespace, destination, resourceVersion, image, insecure, scheduled, own };
  const outcome = await importImage(client, request).catch((error: unknown) => refused(context, job, error));
  if (outcome.result === 'ImageStreamChanged') return outcome.result;
  if (outcome.result === 'Failed') return failed(context, job, outcome);
  if (outcome.result === 'ImageStreamGone') await giveUp(context, job);
  // What goes with its namespace needs no image any more.
  if (outcome.result !== 'Imported') return undefined;
  imported.set(build, { digest: outcome.digest });
  report(context, job, 'Imported');
  await settle(client, job, outcome);
  return undefined;
}

async function giveUp(context: FollowContext, job: Job): Promise<void> {
  await settle(context.client, job, { skipped: 'ImageStreamGone' });
  context.recordEvent(streamGoneEvent(job.build, job));
  report(context, job, 'ImageStreamGone');
}

function failed(context: FollowContext, job: Job, { obstacle, message }: Failed): never {
  context.recordEvent(importFailedEvent(job.build, job, { obstacle, message }));
  report(context, job, 'Failed', obstacle);
  throw new RetryableError('ImportFailed', `${job.image} could not be imported into ${job.tag}: ${message}`);
}

/** An API server that did not take the import, or none that answered. Only what needs a person is recorded as an Event of the Build. */
function refused(context: FollowContext, job: Job, error: unknown): never {
  if (!(error instanceof QuaysideError) || context.signal.aborted) throw error;
  if (!error.retryable) {
    context.recordEvent(
      importFailedEvent(job.build, job, { obstacle: refusalOf(error.message), message: error.message }),
    );
  }
  report(context, job, 'Failed', error.code);
  throw error;
}

function reportElsewhere(context: FollowContext, job: Job): void {
  if (context.reported.get(job.build) !== undefined) return;
  context.reported.set(job.build, true);
  context.recordEvent(elsewhereEvent(job.build, job, job.build.image ?? 'nothing that it names'));
  report(context, job, 'ImageDestinationChanged');
}

function report(context: FollowContext, { build, tag }: Job, result: ImportResult['result'], reason?: string): void {
  const { namespace, name } = build;
  const said: ImportResult = { namespace, tag, build: name, result, ...(reason !== undefined && { reason }) };
  const inputs = result === 'Failed' || result === 'ImageDestinationChanged' ? 'warn' : 'info';
  context.log[inputs](said, `import of ${namespace}/${tag}: ${result}`);
  context.onImport(said);
}
