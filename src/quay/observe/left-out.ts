import type { ObservedRobot } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { listIn, listOf, objectOf, textIn } from '../answer/fields.js';
import type { Reading } from './context.js';

/** Looks for what Quayside's types cannot hold: one call for each kind that this Quay offers, and one per robot. */
export async function searchLeftOut(reading: Reading, robots: readonly ObservedRobot[]): Promise<readonly string[]> {
  const features = await reading.features();
  const found = await Promise.all([
    applications(reading),
    features.organizationMirror ? organizationMirror(reading) : [],
    features.organizationNotifications ? organizationNotifications(reading) : [],
    ...(features.federation ? robots.map((robot) => federation(reading, robot.name)) : []),
  ]);
  return found.flat();
}

async function applications({ ask, calls }: Reading): Promise<readonly string[]> {
  const call = calls.organization('GET', '/applications');
  const body = objectOf(await ask.read(call), asked(call), 'the list');
  return listIn(body, 'applications', asked(call)).map(
    (entry) => `application ${textIn(objectOf(entry, asked(call), 'an application'), 'name', asked(call))}`,
  );
}

async function organizationMirror({ ask, calls }: Reading): Promise<readonly string[]> {
  return (await ask.find(calls.organization('GET', '/mirror'))) === undefined ? [] : ['mirror of the organization'];
}

async function organizationNotifications({ ask, calls }: Reading): Promise<readonly string[]> {
  const call = calls.organization('GET', '/notifications');
  const body = objectOf(await ask.read(call), asked(call), 'the list');
  const { length } = listIn(body, 'notifications', asked(call));
  return length === 0 ? [] : [`${length} notification${length === 1 ? '' : 's'} of the organization`];
}

async function federation({ ask, calls }: Reading, robot: string): Promise<readonly string[]> {
  const call = calls.organization('GET', '/robots/{robot}/federation', [robot]);
  return listOf(await ask.read(call), asked(call), 'the list').length === 0 ? [] : [`federation of robot ${robot}`];
}
