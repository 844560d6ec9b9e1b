import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ForgeKind } from '../forge.js';

/** What a delivery is proved with: two secrets may count at once, so that one can be replaced. */
export interface WebhookSecrets {
  readonly secrets: readonly string[];
  /** GitLab's signing tokens (`whsec_…`); with one, nothing else proves a delivery. */
  readonly signingTokens?: readonly string[];
}

/** Headers by their names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

const latest = 5 * 60;

/**
 * Whether a delivery was made by who knows the secret. The kind that is configured decides which proof is asked for: a header never
 * chooses its own check.
 */
export function isProved(
  kind: ForgeKind,
  { secrets, signingTokens = [] }: WebhookSecrets,
  { headers, body, now }: { readonly headers: Headers; readonly body: Buffer; readonly now: number },
): boolean {
  const usable = secrets.filter((secret) => secret !== '');
  if (kind === 'GitLab') {
    if (signingTokens.length > 0) return isSigned(signingTokens, headers, body, now);
    return usable.some((secret) => isEqual(headers['x-gitlab-token'] ?? '', secret));
  }
  const given =
    kind === 'GitHub'
      ? headers['x-hub-signature-256']?.replace(/^sha256=/, '')
      : (headers['x-gitea-signature'] ?? headers['x-forgejo-signature']);
  if (given === undefined || !/^[0-9a-f]{64}$/.test(given)) return false;
  return usable.some((secret) => isEqual(given, createHmac('sha256', secret).update(body).digest('hex')));
}

/** Standard Webhooks: identity, time and body are signed together. */
function isSigned(tokens: readonly string[], headers: Headers, body: Buffer, now: number): boolean {
  const [id = '', timestamp = '', signatures = ''] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (id === '' || !/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > latest) return false;
  return tokens.some((token) => {
    const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');
    if (key.length === 0) return false;
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return signatures.split(' ').some((one) => isEqual(one, `v1,${expected}`));
  });
}

/** In a time that does not tell where they differ. */
function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && one.length > 0 && timingSafeEqual(one, other);
}
