import { type OrganizationFacts, type RobotFacts } from '../builds/index.js';
import { type NamespaceObject } from '../integration/index.js';
import { isForeign } from '../errors/index.js';
import { type Fields, objectOrEmpty, objectsIn, textOf } from '../json/index.js';

/** What the webhook keeps of a QuayOrganization. */
export interface OrganizationRecord extends NamespaceObject {
  readonly facts: OrganizationFacts;
}

/** Reads a QuayOrganization. By hand: there may be thousands, and the API server has checked them. */
export function organizationRecord(object: Fields): OrganizationRecord {
  const [metadata, spec, status] = [
    objectOrEmpty(object.metadata),
    objectOrEmpty(object.spec),
    objectOrEmpty(object.status),
  ];
  const robots = robotsOf(spec, status);
  const foreign = conditionsOf(status).some(({ reason }) => isForeign(reason));
  const origin = textOf(status.origin);
  const organization = textOf(spec.name) ?? '';
  const known = origin !== undefined || [...robots.values()].some(({ ready }) => ready);
  const registry = textOf(status.registry);
  const stalled = stalledBy(status);
  return {
    name: textOf(metadata.name) ?? '',
    created: textOf(metadata.creationTimestamp) ?? '',
    deleting: metadata.deletionTimestamp !== undefined,
    namespace: textOf(spec.namespace),
    integration: textOf(spec.integration),
    organization,
    status: { origin },
    facts: {
      name: organization,
      declared: true,
      exists: known && !foreign,
      repositories: objectsIn(spec.repositories).flatMap(({ name }) => textOf(name) ?? []),
      ...(registry !== undefined && { registry }),
      ...(stalled !== undefined && { stalled }),
      robots,
    },
  };
}

/** Why no waiting helps. */
function stalledBy(status: Fields): string | undefined {
  const found = conditionsOf(status).find(
    ({ type, status: holds, reason }) => (type === 'Stalled' && holds === 'True') || isForeign(reason),
  );
  return found === undefined ? undefined : (textOf(found.message) ?? textOf(found.reason) ?? 'Stalled');
}

function robotsOf(spec: Fields, status: Fields): ReadonlyMap<string, RobotFacts> {
  const states = new Map(objectsIn(status.robots).map((state) => [state.name, state]));
  const robots = new Map<string, RobotFacts>();
  for (const robot of objectsIn(spec.robots)) {
    const { name: secret, serviceAccount } = objectOrEmpty(robot.pullSecret);
    const account = textOf(serviceAccount);
    if (account === undefined) continue;
    const state = states.get(robot.name) ?? {};
    const message = textOf(state.message);
    robots.set(account, {
      name: textOf(robot.name) ?? '',
      secret: textOf(secret) ?? '',
      canPush: robot.role === 'write' || robot.role === 'admin',
      ready: state.ready === true,
      linked: state.linked === true,
      ...(message !== undefined && { message }),
    });
  }
  return robots;
}

function conditionsOf(status: Fields): readonly Fields[] {
  return objectsIn(status.conditions).filter(({ type }) => type === 'Ready' || type === 'Stalled');
}
