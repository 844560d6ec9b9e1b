import type { ForgeRequest, FoundRequests } from './forge.js';

/** A date of a forge, in milliseconds since 1970. */
export function timeOf(date: string | null | undefined): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** The open ones by their numbers, which grow, and of the others the one that was closed last. */
export function sorted(requests: readonly ForgeRequest[]): FoundRequests {
  const open = requests.filter(({ state }) => state === 'open').sort((a, b) => a.number - b.number);
  const [closed] = requests
    .filter(({ state }) => state !== 'open')
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || b.number - a.number);
  return { open, closed };
}
