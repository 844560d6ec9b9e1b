import { isForeignForGood } from '../errors/index.js';
import { isPushedTo } from './import-decision.js';
import { type Awaited, type BuildRecord } from './import-record.js';

/** A Build whose pod waits for the push secret that the webhook named. */
export type AwaitingBuild = BuildRecord & { readonly awaited: Awaited };

/** What is known of that Secret now. */
export interface OutlookFacts {
  readonly integration: string;
  readonly suspended: boolean;
  /** Where an image of this namespace goes, up to its repository: `host[:port]/organization/`. */
  readonly place: string;
  /** The robot of the Build's service account. */
  readonly robot?: { readonly secret: string; readonly canPush: boolean; readonly ready: boolean };
  /** Why the organization is not ready. */
  readonly organization?: { readonly reason: string; readonly message: string };
  /** Why the integration is not ready. */
  readonly fault?: string;
}

/** Why the Secret will never come. */
export type Hopeless = 'NamespaceNotSelected' | 'ImageDestinationChanged' | 'OrganizationNotOurs' | 'NoRobot';

/** Whether the Secret will come. */
export type Outlook =
  /** It is there, or nobody can tell (`Unknown`). */
  | { readonly state: 'Fine' }
  | { readonly state: 'Unknown' }
  | { readonly state: 'Coming'; readonly integration: string; readonly why: string }
  | { readonly state: 'Hopeless'; readonly integration?: string; readonly reason: Hopeless; readonly why: string };

/** Whether the pod of a Build waits for its push secret. */
export function awaitsPushSecret(build: BuildRecord): build is AwaitingBuild {
  return build.awaited !== undefined && build.phase === 'Pending' && build.phaseReason === 'MissingPushSecret';
}

/**
 * Whether the push secret of a Build will come. What an administrator will mend comes later: a token, an overlay, a suspended
 * integration. What would have to be another Build never does.
 */
export function outlook(build: AwaitingBuild, facts: OutlookFacts | undefined): Outlook {
  if (facts === undefined) {
    return {
      state: 'Hopeless',
      reason: 'NamespaceNotSelected',
      why: 'no QuayIntegration selects its namespace any more',
    };
  }
  const { integration, suspended, robot, organization, fault } = facts;
  const coming = (why: string): Outlook => ({ state: 'Coming', integration, why });
  if (suspended) return coming(`the QuayIntegration "${integration}" is suspended`);
  const hopeless = hopelessBy(build, facts);
  if (hopeless !== undefined) return { state: 'Hopeless', integration, ...hopeless };
  if (robot?.ready === true) return { state: 'Fine' };
  return coming(organization?.message ?? fault ?? 'its organization is still being made');
}

function hopelessBy(
  build: AwaitingBuild,
  { integration, place, robot, organization }: OutlookFacts,
): { readonly reason: Hopeless; readonly why: string } | undefined {
  const { pushSecret, serviceAccount } = build.awaited;
  if (!isPushedTo(build, `${place}${pathOf(build.image)}`)) {
    return {
      reason: 'ImageDestinationChanged',
      why: `the QuayIntegration "${integration}" has the place of its image elsewhere by now`,
    };
  }
  const { reason, message = '' } = organization ?? {};
  // A second object for the organization (`Conflict`) is somebody's mistake or malice, and goes again.
  if (isForeignForGood(reason)) return { reason: 'OrganizationNotOurs', why: message };
  if (robot?.canPush === true && robot.secret === pushSecret) return undefined;
  return { reason: 'NoRobot', why: `the service account "${serviceAccount}" has no robot that may push any more` };
}

/** The repository and the tag of an image, whatever its host and its organization. */
function pathOf(image = ''): string {
  return image.split('/').slice(2).join('/');
}
