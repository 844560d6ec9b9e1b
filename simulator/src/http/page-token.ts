import { createHmac, timingSafeEqual } from 'node:crypto';
import { type World } from './call.js';

const lifetimeMs = 2 * 24 * 3600 * 1000;

/** An opaque token for the page that begins at this id; no two are alike. */
export function pageToken(world: World, startId: number): string {
  const payload = `${startId}.${world.clock().getTime() + lifetimeMs}.${world.random.characters(8)}`;
  return Buffer.from(`${payload}.${signature(world, payload)}`).toString('base64url');
}

/** The id at which a page begins; a token that is malformed, foreign or too old means the first page. */
export function pageStart(world: World, token: string | undefined): number {
  if (token === undefined) return 0;
  const decoded = Buffer.from(token, 'base64url').toString('latin1');
  const cut = decoded.lastIndexOf('.');
  const payload = decoded.slice(0, cut);
  const [startId, expires] = payload.split('.').map(Number);
  if (startId === undefined || expires === undefined || !isSigned(world, payload, decoded.slice(cut + 1))) return 0;
  return world.clock().getTime() > expires ? 0 : startId;
}

function signature(world: World, payload: string): string {
  return createHmac('sha256', world.state.pageKey).update(payload).digest('base64url');
}

function isSigned(world: World, payload: string, given: string): boolean {
  const expected = Buffer.from(signature(world, payload));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
