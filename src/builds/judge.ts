import { fitsTogether } from '../api/index.js';
import { type LeftAlone, type Pending, type Rewritten, type Unchanged, type Waiting } from './decision.js';
import { patchFor } from './patch.js';
import { type RewritableBuild, shapeOf } from './shape.js';
import { type IntegrationFacts, type OrganizationFacts, type RobotFacts, type Situation } from './situation.js';
import { quoted, warning } from './warning.js';

/** What is to become of a Build that is created in a namespace, by what is known now. */
export function judge(object: unknown, namespace: string, situation: Situation): Rewritten | Unchanged | Waiting {
  const shape = shapeOf(object);
  if (shape.build === undefined && shape.reason !== 'InvalidOutput')
    return { decision: 'Unchanged', reason: shape.reason };
  const { integration, unknown } = situation;
  if (integration === undefined) {
    return unknown === undefined ? { decision: 'Unchanged', reason: 'NotSelected' } : waits('StateUnknown', unknown);
  }
  if (shape.build === undefined) {
    return leave(
      'InvalidOutput',
      `spec.output.to.name ${quoted(shape.output ?? '')} is no image stream tag to push to`,
    );
  }
  const candidate = { object, namespace, build: shape.build, situation, integration };
  return beyondHelp(candidate) ?? notYet(candidate) ?? rewritten(candidate);
}

/** A Build that can be rewritten, in a namespace that an integration selects. */
interface Candidate {
  readonly object: unknown;
  readonly namespace: string;
  readonly build: RewritableBuild;
  readonly situation: Situation;
  readonly integration: IntegrationFacts;
}

/** What only somebody who changes the Build or the integration can mend. */
function beyondHelp({ build, namespace, situation, integration }: Candidate): Unchanged | Waiting | undefined {
  if (integration.suspended) {
    return waits('Suspended', `the QuayIntegration ${quoted(integration.name)} is suspended (spec.suspend)`, true);
  }
  const { outputNamespace } = build;
  if (outputNamespace !== undefined && outputNamespace !== namespace) {
    const there = quoted(outputNamespace);
    return leave(
      'OtherNamespace',
      `spec.output.to.namespace is ${there}, and no robot of ${quoted(namespace)} may push there; build in ${there}, or leave that field out`,
    );
  }
  const { organization } = situation;
  if (organization === undefined) return undefined;
  if (!fitsTogether(organization.name, build.output.stream)) {
    return leave('InvalidOutput', `spec.output.to.name is too long for a repository of ${quoted(organization.name)}`);
  }
  return build.pushSecret ? undefined : robotFault(build, organization);
}

function robotFault(build: RewritableBuild, organization: OrganizationFacts): Unchanged | undefined {
  const account = quoted(build.serviceAccount);
  const cure = 'name another spec.serviceAccount or a pushSecret, or change serviceAccounts of the QuayIntegration';
  const robot = organization.robots.get(build.serviceAccount);
  if (robot === undefined) return leave('NoRobot', `the service account ${account} has no robot in Quay; ${cure}`);
  if (robot.canPush) return undefined;
  return leave('RobotMayNotPush', `the robot of the service account ${account} may not push; ${cure}`);
}

/** What is still to be provisioned. */
function notYet({ build, namespace, situation, integration }: Candidate): Waiting | undefined {
  const { organization } = situation;
  const { registry } = integration;
  if (registry.host === undefined) return waits('IntegrationInvalid', registry.fault, true);
  if (organization === undefined) {
    const missing = `there is no organization for namespace ${quoted(namespace)} yet`;
    return waits('OrganizationMissing', reasoned(missing, integration.stalled), integration.stalled !== undefined);
  }
  const waiting = provisioned(build, organization, registry.host);
  if (waiting === undefined) return undefined;
  const { stalled = integration.stalled } = organization;
  if (stalled === undefined) return waiting;
  const reason = organization.stalled === undefined ? waiting.reason : 'OrganizationStalled';
  return waits(reason, reasoned(waiting.missing, stalled), true);
}

function provisioned(build: RewritableBuild, organization: OrganizationFacts, host: string): Waiting | undefined {
  const { name, exists, registry } = organization;
  if (!exists) return waits('OrganizationMissing', `the organization ${quoted(name)} is not in Quay yet`);
  if (registry !== undefined && registry !== host) {
    return waits('RegistryChanged', `the organization ${quoted(name)} is not yet on ${quoted(host)}`);
  }
  // With credentials of its own a Build needs neither robot nor pull secret.
  const robot = build.pushSecret ? undefined : organization.robots.get(build.serviceAccount);
  return robot === undefined ? undefined : robotProvisioned(name, robot, build.serviceAccount);
}

function robotProvisioned(organization: string, robot: RobotFacts, account: string): Waiting | undefined {
  if (!robot.ready) {
    const missing = `the robot ${quoted(`${organization}+${robot.name}`, 120)} is not ready yet`;
    return waits('RobotNotReady', reasoned(missing, robot.message));
  }
  if (robot.linked) return undefined;
  const missing = `the service account ${quoted(account)} does not list its pull secret yet`;
  return waits('PullSecretNotLinked', reasoned(missing, robot.message));
}

function rewritten({ object, namespace, build, situation, integration }: Candidate): Rewritten {
  const { stream, tag } = build.output;
  const image = `${integration.registry.host ?? ''}/${situation.organization?.name ?? ''}/${stream}:${tag}`;
  const patch = patchFor(object, { image, destination: `${namespace}/${stream}:${tag}` });
  return { decision: 'Rewritten', image, patch };
}

function leave(reason: LeftAlone, why: string): Unchanged {
  return { decision: 'Unchanged', reason, warning: warning(`Not pushed to Quay: ${why}.`) };
}

function waits(reason: Pending, missing: string, stuck = false): Waiting {
  return { decision: 'Waiting', reason, missing, stuck };
}

function reasoned(what: string, why: string | undefined): string {
  return why === undefined || why === '' ? what : `${what} (${why})`;
}
