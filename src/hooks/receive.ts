import type { IncomingMessage } from 'node:http';
import { type Delivery, type ForgeKind, isProved, readDelivery, type WebhookSecrets } from '../forge/index.js';
import { limits } from '../limits/index.js';
import { type Bodies, type BodyRefusal, readBody } from '../process/index.js';

/** What an integration says of the deliveries that are for it. */
export interface HookTarget extends WebhookSecrets {
  readonly kind: ForgeKind;
  /** What the forge calls its repository. */
  readonly repository: string;
  /** The branches that count: base, and that of the proposal. */
  readonly branches: readonly string[];
}

export interface Receiver {
  /** All bodies that are being received. */
  readonly bodies: Bodies;
  /** The target of a name; undefined where there is no such integration, or it has no secret. */
  readonly target: (integration: string) => Promise<HookTarget | undefined>;
  /** Somebody has to look at the repository of an integration. */
  readonly trigger: (integration: string) => void;
  /** One finished delivery; nothing of its body but what is named here goes anywhere. */
  readonly onDelivery?: (delivery: {
    readonly integration: string | undefined;
    readonly status: number;
    readonly delivery?: Delivery;
  }) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The answer to a delivery. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

const path = /^\/hooks\/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)$/;
const nobody: HookTarget = { kind: 'GitHub', repository: '', branches: [], secrets: ['nobody knows this'] };

/** Looks at a delivery. Who is not known, has no secret or gives the wrong one is answered alike. */
export async function receive(receiver: Receiver, request: IncomingMessage): Promise<Answered> {
  const integration = path.exec(URL.parse(request.url ?? '', 'http://localhost')?.pathname ?? '')?.[1];
  const done = (answered: Answered, delivery?: Delivery): Answered => {
    receiver.onDelivery?.({ integration, status: answered.status, ...(delivery && { delivery }) });
    return answered;
  };
  const refused = refusal(integration, request);
  if (refused !== undefined || integration === undefined) return done(refused ?? nowhere);
  const body = await bodyOf(request, receiver.bodies);
  if (typeof body === 'string') return done(givenUp[body]);
  const found = await proved(receiver, integration, { headers: flat(request.headers), body });
  if (found === undefined) return done({ status: 401, text: 'unauthorized' });
  const { delivery, target } = found;
  if (delivery.event === 'ping') return done({ status: 200, text: 'ok' }, delivery);
  if (concerns(delivery, target)) receiver.trigger(integration);
  // Also for what is passed over: some forges switch a hook off that is answered with an error.
  return done({ status: 202, text: 'accepted' }, delivery);
}

interface Received {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** A delivery by who knows the secret; what nobody knows is checked all the same, so that it takes as long. */
async function proved(
  { target: targetOf, now = Date.now }: Receiver,
  integration: string,
  { headers, body }: Received,
): Promise<{ readonly delivery: Delivery; readonly target: HookTarget } | undefined> {
  const target = (await targetOf(integration)) ?? nobody;
  const isGood = isProved(target.kind, target, { headers, body, now: now() });
  if (!isGood || target === nobody) return undefined;
  return { delivery: readDelivery(target.kind, headers, jsonIn(body)), target };
}

const nowhere: Answered = { status: 404, text: 'not found' };

function refusal(integration: string | undefined, { method, headers }: IncomingMessage): Answered | undefined {
  if (integration === undefined) return nowhere;
  if (method !== 'POST') return { status: 405, text: 'only POST' };
  if (/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
  return { status: 415, text: 'choose the content type application/json for the webhook' };
}

function concerns({ event, repository, branch, base }: Delivery, target: HookTarget): boolean {
  if (event === 'other' || repository?.toLowerCase() !== target.repository.toLowerCase()) return false;
  return [branch, base].some((one) => one !== undefined && target.branches.includes(one));
}

const givenUp: Readonly<Record<BodyRefusal, Answered>> = {
  TooLong: { status: 413, text: 'too large' },
  NoRoom: { status: 503, text: 'too many bytes are being received at once' },
  TooSlow: { status: 408, text: 'too slow' },
};

/** The body, or why it was given up. */
function bodyOf(request: IncomingMessage, bodies: Bodies): Promise<Buffer | BodyRefusal> {
  const bounds = { bodies, most: limits.hookBytes, wait: limits.hookSeconds * 1_000 };
  return new Promise((resolve) => readBody(request, bounds, resolve, resolve));
}

function flat(headers: IncomingMessage['headers']): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]));
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
