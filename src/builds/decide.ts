import { fitsIntoImage } from '../api/index.js';
import { type Decision, type NotRewritable, type Pending, type Rewritten, type Unchanged } from './decision.js';
import { type DecisionMark, markedName, namedPushSecret } from './decision-mark.js';
import { type ImageStreamTag } from './image-stream-tag.js';
import { missing } from './missing.js';
import { markPatch, patchFor, type Rewrite } from './patch.js';
import { objectOrEmpty } from '../json/index.js';
import { type RewritableBuild, shapeOf } from './shape.js';
import { type IntegrationFacts, type OrganizationFacts, type RobotFacts, type Situation } from './situation.js';
import { quoted, warning } from './warning.js';

/** What is to become of a Build that is created in a namespace, by what is known now. */
export function decide(object: unknown, namespace: string, situation: Situation): Decision {
  const shape = shapeOf(object);
  if (shape.build === undefined && shape.reason !== 'InvalidOutput')
    return { decision: 'Unchanged', reason: shape.reason };
  const { integration, organization, unknown } = situation;
  if (integration === undefined) {
    return unknown === undefined ? { decision: 'Unchanged', reason: 'NotSelected' } : leave('StateUnknown', unknown);
  }
  if (shape.build === undefined) return marked(object, leave('InvalidOutput', faultOf(shape.output ?? '')));
  const { build } = shape;
  const robot = robotOf(build, organization);
  const own = isOwn(build, organization, robot) ? build.pushSecret?.name : undefined;
  const candidate = { object, namespace, build, integration, organization, robot, own };
  return isAlreadyThere(candidate) ? { decision: 'Unchanged', reason: 'OtherOutput' } : decideFor(candidate);
}

function decideFor(candidate: Candidate): Decision {
  return beyondHelp(candidate) ?? atOnce(candidate) ?? obstacle(candidate) ?? inAdvance(candidate);
}

function faultOf(output: string): string {
  const cure = output.includes(':') ? '' : '; it lacks a tag, as in name:latest';
  return `spec.output.to.name ${quoted(output)} is no image stream tag to push to${cure}`;
}

/** A Build that can be rewritten, in a namespace that an integration selects. */
interface Candidate {
  readonly object: unknown;
  readonly namespace: string;
  readonly build: RewritableBuild;
  readonly integration: IntegrationFacts;
  readonly organization: OrganizationFacts | undefined;
  /** That of its service account. */
  readonly robot: RobotFacts | undefined;
  /** The push secret that its author chose, with which it needs no robot. */
  readonly own: string | undefined;
}

function robotOf({ serviceAccount }: RewritableBuild, organization: OrganizationFacts | undefined) {
  return organization?.robots.get(serviceAccount) ?? organization?.robotToCome?.(serviceAccount);
}

/** A robot's pull secret is one of ours, and as good as none; but the only one to push with where the account has no robot. */
function isOwn(
  { pushSecret }: RewritableBuild,
  organization: OrganizationFacts | undefined,
  robot: RobotFacts | undefined,
): boolean {
  if (pushSecret === undefined || pushSecret.chosen) return false;
  const known = [...(organization?.robots.values() ?? []), ...(robot === undefined ? [] : [robot])];
  const named = known.find(({ secret }) => secret === pushSecret.name);
  return named === undefined || (named.canPush && robot?.canPush !== true);
}

/** A clone of a Build that was pointed at Quay is no concern, unless that Quay or organization is no longer the one. */
function isAlreadyThere({ build, namespace, integration, organization }: Candidate): boolean {
  const { rewrittenTo, outputNamespace, output } = build;
  if (rewrittenTo === undefined) return false;
  const { host } = integration.registry;
  if (outputNamespace !== namespace || host === undefined || organization === undefined) return true;
  return rewrittenTo === imageAt(host, organization.name, output);
}

function imageAt(host: string, organization: string, { stream, tag }: ImageStreamTag): string {
  return `${host}/${organization}/${stream}:${tag}`;
}

/** What only somebody who changes the Build or the integration can mend. */
function beyondHelp(candidate: Candidate): Unchanged | undefined {
  const { build, namespace, organization, robot, own, integration } = candidate;
  const { outputNamespace, serviceAccount } = build;
  if (outputNamespace !== undefined && outputNamespace !== namespace) {
    const there = quoted(outputNamespace);
    const why = `spec.output.to.namespace is ${there}, and no robot of ${quoted(namespace)} may push there; build in ${there}, or leave that field out`;
    return left(candidate, 'OtherNamespace', why);
  }
  const undeclared = whyUndeclared(candidate);
  if (undeclared !== undefined) return left(candidate, 'RepositoryNotDeclared', undeclared);
  if (organization === undefined) return undefined;
  if (!fitsIntoImage(integration.registry.host ?? '', organization.name, build.output.stream)) {
    const why = `spec.output.to.name is too long for a repository of ${quoted(organization.name)}: an image has at most 255 characters before its tag`;
    return left(candidate, 'InvalidOutput', why);
  }
  if (own !== undefined || robot?.canPush === true) return undefined;
  const account = quoted(serviceAccount);
  const cure = 'name another spec.serviceAccount or a pushSecret, or change serviceAccounts of the QuayIntegration';
  return robot === undefined
    ? left(candidate, 'NoRobot', `the service account ${account} has no robot in Quay; ${cure}`)
    : left(candidate, 'RobotMayNotPush', `the robot of the service account ${account} may not push; ${cure}`);
}

/**
 * Where only some image streams get a repository, those of the document are known here, and no others: the first Build of an
 * image stream may be earlier than its repository, which the operator tells.
 */
function whyUndeclared({ build, integration, organization }: Candidate): string | undefined {
  if (integration.selectsStreams !== true || organization?.repositories?.includes(build.output.stream) === true) return;
  const stream = quoted(build.output.stream);
  return `the image stream ${stream} has no repository; give it the labels of imageStreamSelector of the QuayIntegration ${quoted(integration.name)}, or name the repository in an overlay, and start the build again`;
}

/** A Build that finds everything there: it gets the predecessor's patch, whatever else is wrong. */
function atOnce(candidate: Candidate): Rewritten | undefined {
  const { integration, organization, robot, own, build } = candidate;
  const { host } = integration.registry;
  if (integration.suspended || host === undefined || organization?.exists !== true) return undefined;
  if (organization.registry !== undefined && organization.registry !== host) return undefined;
  if (own !== undefined) return rewritten(candidate, {});
  if (robot?.ready !== true || !robot.linked) return undefined;
  return rewritten(candidate, build.pushSecret === undefined ? {} : { pushSecret: 'none' });
}

/** Why what is not there yet will not come, as far as anybody knows now. */
function obstacle(candidate: Candidate): Unchanged | undefined {
  const { integration, organization } = candidate;
  const { name, registry } = integration;
  const lacks = (why: string): string => `${missing(candidate)}, and ${why}`;
  if (integration.suspended) {
    return left(candidate, 'Suspended', `the QuayIntegration ${quoted(name)} is suspended (spec.suspend)`);
  }
  if (registry.host === undefined) return left(candidate, 'IntegrationInvalid', registry.fault);
  if (organization === undefined) {
    return left(candidate, 'IntegrationInvalid', `clusterID of the QuayIntegration ${quoted(name)} cannot be used`);
  }
  if (organization.declared && organization.registry !== undefined && organization.registry !== registry.host) {
    // Its pull secret is there, for the other one.
    const why = `the organization ${quoted(organization.name)} is not yet on ${quoted(registry.host)}`;
    return left(candidate, 'RegistryChanged', why);
  }
  if (organization.stalled !== undefined) {
    return left(candidate, 'OrganizationStalled', `${missing(candidate)} (${organization.stalled})`);
  }
  if (!integration.ready) {
    const why = integration.fault === undefined ? '' : ` (${integration.fault})`;
    const words = lacks(`the QuayIntegration ${quoted(name)} is not ready${why}`);
    return left(candidate, 'IntegrationNotReady', words);
  }
  if (organization.declared || integration.unreviewed) return undefined;
  return left(candidate, 'NotReviewed', lacks('its document waits for a review'));
}

/** A Build in front of what is being made: its pod waits for the Secret that it names. */
function inAdvance(candidate: Candidate): Rewritten {
  const { object, robot, own } = candidate;
  // Its author's is there already, and nothing waits for it.
  if (own !== undefined || robot === undefined) return rewritten(candidate, {});
  const mark = markOf(object, namedPushSecret);
  return rewritten(candidate, { pushSecret: { name: robot.secret }, mark });
}

function rewritten(
  { object, namespace, build, integration, organization }: Candidate,
  more: Pick<Rewrite, 'pushSecret' | 'mark'>,
): Rewritten {
  const { stream, tag } = build.output;
  const image = imageAt(integration.registry.host ?? '', organization?.name ?? '', build.output);
  const patch = patchFor(object, { image, destination: `${namespace}/${stream}:${tag}`, ...more });
  return { decision: 'Rewritten', image, patch };
}

function left({ object, own }: Candidate, reason: NotRewritable | Pending, why: string): Unchanged {
  return marked(object, leave(reason, why), own);
}

function leave(reason: NotRewritable | Pending, why: string): Unchanged {
  return { decision: 'Unchanged', reason, warning: warning(`Not pushed to Quay: ${why}.`) };
}

/** The decision, to be found on the Build by whoever asks later why it were not rewritten. */
function marked(object: unknown, unchanged: Unchanged, pushSecret?: string): Unchanged {
  const mark = markOf(object, unchanged.reason, pushSecret);
  const patch = mark === undefined ? [] : markPatch(object, mark);
  return patch.length === 0 ? unchanged : { ...unchanged, patch };
}

function markOf(object: unknown, decision: string, pushSecret?: string): DecisionMark | undefined {
  const of = markedName(objectOrEmpty(object).metadata);
  return of === undefined ? undefined : { of, decision, ...(pushSecret !== undefined && { pushSecret }) };
}
