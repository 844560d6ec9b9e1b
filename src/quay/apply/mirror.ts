import type { Mirror } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import type { Change } from '../../plan/index.js';
import { readMirror } from '../observe/mirror.js';
import type { Applying } from './context.js';
import { credentialsOf } from './credentials.js';
import { changedMirror, newMirror } from './mirror-body.js';
import { requireFeature } from './require-feature.js';

/** Creates a mirror, or changes fields of it. */
export async function setMirror(
  applying: Applying,
  { repository, mirror, fields }: Extract<Change, { readonly type: 'SetMirror' }>,
): Promise<void> {
  await requireFeature(applying, 'mirror');
  if (mirror.architectures !== undefined && (fields ?? ['architectures']).includes('architectures')) {
    await requireFeature(applying, 'mirrorArchitectures');
  }
  if (fields === undefined || fields.includes('robot')) await requireRobot(applying, mirror.robot);
  if (fields === undefined) await createMirror(applying, repository, mirror);
  else await changeMirror(applying, repository, mirror, fields);
}

/** A refused creation leaves a rule behind that spoils later changes, so what Quay would refuse is checked before. */
async function requireRobot({ ask, calls, names }: Applying, robot: string): Promise<void> {
  if ((await ask.find(calls.organization('GET', '/robots/{robot}', [robot]))) !== undefined) return;
  throw new TerminalError('QuayRefused', `the mirror needs the robot ${names.full(robot)}, and there is none`, {
    hint: `Declare the robot ${robot} in the same organization.`,
  });
}

const allFields: readonly (keyof Mirror)[] = [
  'enabled',
  'externalReference',
  'interval',
  'startDate',
  'tags',
  'robot',
  'timeoutSeconds',
  'verifyTLS',
  'unsignedImages',
  'proxy',
  'username',
];

async function createMirror(applying: Applying, repository: string, mirror: Mirror): Promise<void> {
  const { ask, calls, names } = applying;
  const credentials = credentialsOf(mirror, applying.secrets);
  const body = newMirror(mirror, names, credentials);
  const reply = await ask.request(calls.repository('POST', '/mirror', [repository], { body }));
  // A mirror that was stopped keeps its configuration for ever.
  if (reply.outcome === 'exists') await changeMirror(applying, repository, mirror, allFields);
  else if (reply.outcome !== 'done') throw reply.error();
  // Versions that do not know it answer 500 to a creation that names it, and ignore it in a change.
  if (mirror.architectures !== undefined) await changeMirror(applying, repository, mirror, ['architectures']);
}

async function changeMirror(
  applying: Applying,
  repository: string,
  mirror: Mirror,
  fields: readonly (keyof Mirror)[],
): Promise<void> {
  const { ask, calls, names } = applying;
  const credentials = credentialsOf(mirror, applying.secrets);
  const body = changedMirror(mirror, fields, names, credentials);
  const call = calls.repository('PUT', '/mirror', [repository], { body });
  await ask.must(call);
  // The first key of a proxy is lost where none was stored before; the second time it is kept.
  if (fields.includes('proxy') && !(await proxyIs(applying, repository, mirror))) await ask.must(call);
  if (fields.includes('enabled') && mirror.enabled) await changeState(applying, repository, 'MIRROR');
}

async function proxyIs({ ask, calls, names }: Applying, repository: string, { proxy = {} }: Mirror): Promise<boolean> {
  const found = (await readMirror(ask, calls, names, repository))?.proxy ?? {};
  const same = (declared: string | undefined, is: string | undefined): boolean => (declared ?? is) === is;
  return (
    same(proxy.httpProxy, found.httpProxy) &&
    same(proxy.httpsProxy, found.httpsProxy) &&
    same(proxy.noProxy, found.noProxy)
  );
}

async function changeState({ ask, calls }: Applying, repository: string, state: 'NORMAL' | 'MIRROR'): Promise<void> {
  await ask.must(calls.repository('PUT', '/changestate', [repository], { body: { state } }));
}

/** Switches the mirror off and lets people push again. The configuration stays, as Quay has no way to delete it. */
export async function stopMirror(applying: Applying, repository: string): Promise<void> {
  await requireFeature(applying, 'mirror');
  const { ask, calls } = applying;
  const reply = await ask.request(calls.repository('PUT', '/mirror', [repository], { body: { is_enabled: false } }));
  if (reply.outcome !== 'done' && reply.outcome !== 'gone') throw reply.error();
  await changeState(applying, repository, 'NORMAL');
}
