import type { ObservedMirror } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagIn, flagOr, listIn, numberIn, objectOf, optionalText, textIn, unexpected } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import type { RobotNames } from '../robot-names.js';

/** The mirror of a repository; `null` where none is configured. */
export async function readMirror(
  ask: Ask,
  calls: CallsIn,
  names: RobotNames,
  repository: string,
): Promise<ObservedMirror | null> {
  const call = calls.repository('GET', '/mirror', [repository]);
  const source = asked(call);
  const answer = await ask.find(call);
  if (answer === undefined) return null;
  const body = objectOf(answer, source, 'the mirror');
  const config = objectOf(body.external_registry_config ?? {}, source, 'external_registry_config');
  const robot = textIn(body, 'robot_username', source);
  return {
    externalReference: textIn(body, 'external_reference', source),
    tags: texts(listIn(objectOf(body.root_rule, source, 'root_rule'), 'rule_value', source), source),
    robot: names.short(robot) ?? robot,
    intervalSeconds: numberIn(body, 'sync_interval', source),
    enabled: flagIn(body, 'is_enabled', source),
    verifyTLS: flagOr(config, 'verify_tls', true, source),
    unsignedImages: flagOr(config, 'unsigned_images', false, source),
    timeoutSeconds: typeof body.skopeo_timeout_interval === 'number' ? body.skopeo_timeout_interval : undefined,
    // Older versions do not know the field.
    architectures: Array.isArray(body.architecture_filter) ? texts(body.architecture_filter, source) : undefined,
    proxy: proxyOf(config.proxy, source),
    username: optionalText(body, 'external_registry_username', source),
  };
}

function proxyOf(value: unknown, source: string): ObservedMirror['proxy'] {
  const proxy = objectOf(value ?? {}, source, 'proxy');
  const part = (key: string): string | undefined => optionalText(proxy, key, source);
  return { httpProxy: part('http_proxy'), httpsProxy: part('https_proxy'), noProxy: part('no_proxy') };
}

function texts(values: readonly unknown[], source: string): readonly string[] {
  return values.map((value) => {
    if (typeof value === 'string') return value;
    throw unexpected(source, 'a list holds something else than text');
  });
}
