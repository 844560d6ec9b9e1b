import { type Reason } from '../../api/index.js';
import { type EventInput, resourceTypes } from '../../kube/index.js';
import { type BuildRecord, type Missed } from '../import-record.js';
import { type StreamRecord } from '../lost-image.js';
import { isStuck } from '../missed-build.js';
import { type AwaitingBuild } from '../outlook.js';
import { type ImportObstacle } from './import-outcome.js';

type Named = Pick<BuildRecord, 'namespace' | 'name' | 'uid'>;

/** Which image was to go into which tag. */
interface Wanted {
  readonly image: string;
  /** `stream:tag` */
  readonly tag: string;
}

const cures: Readonly<Record<ImportObstacle, string>> = {
  Unauthorized: "Check that the namespace has the pull secrets of Quay, and that Quay accepts the robot's token",
  NotFound: 'Check that Quay still has the tag; a new build pushes it again',
  Certificate:
    "Let the cluster trust the CA of Quay's certificate (additionalTrustedCA of image.config.openshift.io/cluster)",
  NotAllowed: 'Have the cluster allow this registry (allowedRegistriesForImport of image.config.openshift.io/cluster)',
  LimitExceeded: 'Have the limit of the namespace raised, or remove tags that nobody needs',
  Other: 'Check the image stream and Quay',
};

/** The Event for a failed import: what helps, and that it is retried. */
export function importFailedEvent(
  build: Named,
  { image, tag }: Wanted,
  { obstacle, message }: { readonly obstacle: ImportObstacle; readonly message: string },
): EventInput {
  const note = `${image} could not be imported into ${tag}: ${message}. ${cures[obstacle]}. The import is retried.`;
  return about(build, 'ImportFailed', note);
}

/** The Event for an image whose image stream is gone. */
export function streamGoneEvent(build: Named, { image, tag }: Wanted): EventInput {
  const note = `${image} is not imported: the image stream of ${tag} is gone. Create it again, then start a new build.`;
  return about(build, 'ImageStreamGone', note);
}

/** The Event for an image that was pushed while nobody followed its Build, which is gone. */
export function lostImageEvent(
  stream: Pick<StreamRecord, 'namespace' | 'name' | 'uid'>,
  image: string,
  pushed: Date,
): EventInput {
  const { namespace, name, uid } = stream;
  const { apiVersion, kind } = resourceTypes.imageStream;
  const note = `${image} got an image at ${pushed.toISOString()} that this image stream never got, and no build speaks of it any more. If it belongs here: oc import-image ${name}:<tag> --from=${image}:<tag> -n ${namespace}`;
  return {
    regarding: { apiVersion, kind, namespace, name, uid },
    type: 'Warning',
    reason: 'ImportMissed',
    action: 'Import',
    note,
  };
}

/** The Event for an image at an address that the integration no longer uses. */
export function elsewhereEvent(build: Named, { image, tag }: Wanted, pushed: string): EventInput {
  const note = `${tag} is not imported: the build pushed ${pushed}, but the integration now uses ${image}. Start a new build.`;
  return about(build, 'ImageDestinationChanged', note);
}

const causes: Readonly<Record<Missed['why'], readonly [cause: string, cure: string]>> = {
  NotRewritten: ['The webhook did not answer', 'start the build again, and look at the webhook if that repeats'],
  StateUnknown: ['The webhook did not know the namespace yet', 'start the build again'],
  Suspended: ['The integration is suspended', 'start the build again once it no longer is'],
  IntegrationInvalid: ['The integration cannot be used', 'start the build again once its conditions say that it can'],
  IntegrationNotReady: ['The integration was not ready', 'start the build again once it is'],
  NotReviewed: ["The namespace's document waited for a review", 'start the build again once it is merged'],
  RepositoryNotDeclared: ['Its image stream had no repository yet', 'start the build again, now that there is one'],
  OrganizationStalled: [
    "The namespace's organization needs somebody to act",
    'see its conditions, then start the build again',
  ],
  RegistryChanged: ['The organization was not yet on the Quay of the integration', 'start the build again once it is'],
};

/** Tells that a build went past Quay, why, and what to do. */
export function notRewrittenEvent(build: BuildRecord, why: Missed['why']): EventInput {
  const [cause, cure] = causes[why];
  const note = `The output of this build was not pointed at Quay, although its namespace is connected to it. ${cause}; ${first(build)}${cure}.`;
  return about(build, 'BuildNotRewritten', note, 'Rewrite');
}

/** One that never starts is in the way of those that come after it. */
function first(build: BuildRecord): string {
  if (!isStuck(build)) return '';
  return `it cannot start without a registry in the cluster, and holds up later builds: cancel it first (${cancelling(build)}), then `;
}

/** Tells that a build waits for its push secret, why that is not there, and what to do where it will never be. */
export function waitingNotice(build: AwaitingBuild, why: string, hopeless: boolean): EventInput {
  const secret = `the Secret "${build.awaited.pushSecret}"`;
  const note = hopeless
    ? `This build waits for ${secret}, which will not come: ${why}. Cancel it: ${cancelling(build)}.`
    : `This build waits for ${secret}, which is not there yet: ${why}. It goes on by itself once the Secret is there.`;
  return about(build, 'PushSecretMissing', note, 'Rewrite');
}

/** Tells that a build was cancelled, and why. */
export function cancelledNotice(build: AwaitingBuild, why: string): EventInput {
  const secret = `the Secret "${build.awaited.pushSecret}"`;
  const note = `This build was cancelled: it waited for ${secret}, which will not come, since ${why}. Start it again.`;
  return about(build, 'BuildCancelled', note, 'Cancel');
}

function cancelling({ namespace, name }: Named): string {
  return `oc cancel-build ${name} -n ${namespace}`;
}

function about({ namespace, name, uid }: Named, reason: Reason, note: string, action = 'Import'): EventInput {
  const { apiVersion, kind } = resourceTypes.build;
  return { regarding: { apiVersion, kind, namespace, name, uid }, type: 'Warning', reason, action, note };
}
