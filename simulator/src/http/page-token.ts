import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Simulation } from './call.js';

const lifetimeMs = 2 * 24 * 3600 * 1000;

/** An opaque token for the page that begins at this id; no two are alike. */
export function pageToken(simulation: Simulation, startId: number): string {
  const payload = `${startId}.${simulation.clock().getTime() + lifetimeMs}.${simulation.random.characters(8)}`;
  return Buffer.from(`${payload}.${signature(simulation, payload)}`).toString('base64url');
}

/** The id at which a page begins; a token that is malformed, foreign or too old means the first page. */
export function pageStart(simulation: Simulation, token: string | undefined): number {
  if (token === undefined) return 0;
  const decoded = Buffer.from(token, 'base64url').toString('latin1');
  const cut = decoded.lastIndexOf('.');
  const payload = decoded.slice(0, cut);
  const [startId, expires] = payload.split('.').map(Number);
  if (startId === undefined || expires === undefined || !isSigned(simulation, payload, decoded.slice(cut + 1)))
    return 0;
  return simulation.clock().getTime() > expires ? 0 : startId;
}

function signature(simulation: Simulation, payload: string): string {
  return createHmac('sha256', simulation.state.pageKey).update(payload).digest('base64url');
}

function isSigned(simulation: Simulation, payload: string, given: string): boolean {
  const expected = Buffer.from(signature(simulation, payload));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
