import { isDeepStrictEqual } from 'node:util';
import { type Clock } from '../clock/index.js';
import { type Fields, type PatchStep, pointer } from '../json/index.js';
import {
  type KubeClient,
  patchGuarded,
  readObject,
  type Reflector,
  type ResourceType,
  watchObject,
} from '../kube/index.js';
import { certificatesIn } from './certificate.js';
import { type Bundle, type Configuration } from './facts.js';
import { fieldManager } from './options.js';

export const configurationType: ResourceType = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
};

const type = configurationType;

/** Whom the API server trusts for each webhook of a configuration; undefined when there is no such configuration. */
export async function readConfiguration(
  client: Pick<KubeClient, 'call'>,
  name: string,
): Promise<Configuration | undefined> {
  const found = await readObject(client, type, { name });
  return found && { name, webhooks: bundlesOf(found).map(bundle) };
}

/** Follows whom the API server trusts: a replaced configuration trusts nobody, so every Build goes past the webhook. */
export function watchConfiguration(client: KubeClient, name: string, clock: Clock): Reflector<readonly string[]> {
  return watchObject(client, type, { name }, { keep: bundlesOf, same: isDeepStrictEqual, clock });
}

/**
 * Makes the API server trust the bundle for every webhook of a configuration. `Contended` when somebody has changed whom it
 * trusts since it was read: then it may be the newer one that is in there.
 */
export async function publish(
  client: Pick<KubeClient, 'call'>,
  { name, webhooks }: Configuration,
  text: string,
): Promise<'Written' | 'Contended'> {
  const value = Buffer.from(text).toString('base64');
  const outcome = await patchGuarded(client, {
    type,
    named: { name },
    manager: fieldManager,
    steps: (live) => {
      const found = bundlesOf(live);
      const asRead = found.length === webhooks.length && found.every((one, at) => textOf(one) === webhooks[at]?.text);
      return asRead ? found.flatMap((before, at) => (before === value ? [] : [step(at, value)])) : [];
    },
  });
  return outcome === 'Changed' ? 'Written' : 'Contended';
}

function step(at: number, value: string): PatchStep {
  return { op: 'add', path: pointer('webhooks', at, 'clientConfig', 'caBundle'), value };
}

/** The `caBundle` of each webhook as the API gives it: in base64, empty where there is none. */
function bundlesOf({ webhooks }: Fields): readonly string[] {
  if (!Array.isArray(webhooks)) return [];
  return (webhooks as readonly { readonly clientConfig?: { readonly caBundle?: unknown } }[]).map(({ clientConfig }) =>
    typeof clientConfig?.caBundle === 'string' ? clientConfig.caBundle : '',
  );
}

function bundle(encoded: string): Bundle {
  const text = textOf(encoded);
  return { text, certificates: certificatesIn(text) };
}

function textOf(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}
