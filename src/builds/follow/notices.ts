import { type Notice, resourceTypes } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';
import { type ImportObstacle } from './import-outcome.js';

type Named = Pick<BuildRecord, 'namespace' | 'name' | 'uid'>;

/** Which image was to go into which tag. */
interface Wanted {
  readonly image: string;
  /** `stream:tag` */
  readonly tag: string;
}

const cures: Readonly<Record<ImportObstacle, string>> = {
  Unauthorized: "Look whether the namespace has the pull secrets of Quay, and whether Quay takes the robot's token",
  NotFound: 'Look whether Quay still has the tag; a new build brings it back',
  Certificate:
    "Have the cluster trust the authority behind Quay's certificate (additionalTrustedCA of image.config.openshift.io/cluster)",
  NotAllowed: 'Have the cluster allow this registry (allowedRegistriesForImport of image.config.openshift.io/cluster)',
  LimitExceeded: 'Have the limit of the namespace raised, or remove tags that nobody needs',
  Other: 'Look at the image stream and at Quay',
};

/** Tells that an import failed, what helps, and that it is tried again. */
export function failedNotice(
  build: Named,
  { image, tag }: Wanted,
  { obstacle, message }: { readonly obstacle: ImportObstacle; readonly message: string },
): Notice {
  const note = `${image} could not be imported into ${tag}: ${message}. ${cures[obstacle]}. It is tried again.`;
  return about(build, 'ImportFailed', note);
}

/** Tells that the image has nowhere to go. */
export function streamGoneNotice(build: Named, { image, tag }: Wanted): Notice {
  const note = `${image} is not imported: the image stream of ${tag} is gone. Once it is there again, the next build fills it.`;
  return about(build, 'ImageStreamGone', note);
}

/** Tells that the image is where the integration no longer looks. */
export function elsewhereNotice(build: Named, { image, tag }: Wanted, pushed: string): Notice {
  const note = `${tag} is not imported: the build pushed ${pushed}, and by now its place is ${image}. A new build brings them together.`;
  return about(build, 'ImageElsewhere', note);
}

/** Tells that a build went past Quay, and what to do. */
export function notRewrittenNotice(build: Named, suspended: boolean): Notice {
  const cure = suspended
    ? 'The integration is suspended; start the build again once it no longer is.'
    : 'The webhook did not answer, or the namespace was not ready; start the build again, and look at the webhook if that repeats.';
  const note = `The output of this build was not pointed at Quay, although its namespace is connected to it. ${cure}`;
  return about(build, 'BuildNotRewritten', note);
}

function about({ namespace, name, uid }: Named, reason: string, note: string): Notice {
  const { apiVersion, kind } = resourceTypes.build;
  const action = reason === 'BuildNotRewritten' ? 'Rewrite' : 'Import';
  return { regarding: { apiVersion, kind, namespace, name, uid }, type: 'Warning', reason, action, note };
}
