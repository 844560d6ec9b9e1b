import { asked } from '../answer/failure.js';
import { type JsonObject, objectOf, textIn } from '../answer/fields.js';
import { RobotToken } from '../robot-token.js';
import { remove, wasThere } from './confirm.js';
import type { Applied, Applying } from './context.js';

/** Creates a robot and gives its token; one that is there already is taken, as its description cannot be changed anyway. */
export async function createRobot(
  { ask, calls, names }: Applying,
  robot: string,
  description: string,
): Promise<Applied> {
  const call = calls.organization('PUT', '/robots/{robot}', [robot], { body: { description } });
  const reply = await ask.request(call);
  if (reply.outcome === 'done' && reply.body.kind === 'json') return tokenOf(reply.body.value, asked(call));
  const read = calls.organization('GET', '/robots/{robot}', [robot]);
  const found = await ask.find(read);
  if (found === undefined) throw reply.error();
  return { ...tokenOf(found, asked(read)), wasThere: wasThere(reply) };

  function tokenOf(value: unknown, source: string): Applied {
    const body: JsonObject = objectOf(value, source, 'the robot');
    if (textIn(body, 'name', source) !== names.full(robot)) throw reply.error();
    return { token: new RobotToken(textIn(body, 'token', source)) };
  }
}

/** Deletes a robot. */
export function deleteRobot({ ask, calls }: Applying, robot: string): Promise<void> {
  return remove(ask, calls.organization('DELETE', '/robots/{robot}', [robot]));
}
