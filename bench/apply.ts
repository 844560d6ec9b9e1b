import { request } from 'undici';
import { expectExit } from './process.js';
import { type Benchmark, median, result } from './result.js';
import { fixture } from './fixture.js';

const namespaces = 1000;
const streams = 10;
const parallel = 8;

/** Milliseconds of a call that only asks, one after the other on one connection, with the same latency. */
async function bareCall(url: string, token: string): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < 200; call += 1) {
    const start = performance.now();
    await (await request(`${url}/api/v1/user/`, { headers: { authorization: `Bearer ${token}` } })).body.text();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** What is asked once a run, whatever its size: who we are, what Quay offers, and what the token may do. */
const onceARun = [
  'GET /api/v1/user/',
  'GET /config',
  'GET /api/v1/discovery',
  'GET /api/v1/repository/{repository}/permissions/user/',
];
/** What the token may do is also asked by the route of an organization. */
const scopesAsOrganization = 1;

interface Requests {
  readonly total: number;
  readonly writes: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

/** A cold apply of 1,000 namespaces × 10 image streams against a Quay that takes 10 ms for every answer. */
export const apply: Benchmark = async () => {
  const at = await fixture({ namespaces, streams });
  const ask = async (path: string, init?: RequestInit): Promise<Response> => fetch(`${at.quay.control}${path}`, init);
  try {
    await ask('/latency', { method: 'POST', body: JSON.stringify({ ms: 10 }) });
    const before = await bareCall(at.quay.url, at.quay.token);
    await ask('/requests', { method: 'DELETE' });
    const run = await expectExit(0, ['apply', ...at.options], at.environment);
    const counts = (await (await ask('/requests')).json()) as Requests;
    const once = onceARun.reduce((sum, route) => sum + (counts.byRoute[route] ?? 0), scopesAsOrganization);
    const call = median([before, await bareCall(at.quay.url, at.quay.token)]);
    return [
      result('apply: writes a namespace', {
        value: counts.writes / namespaces,
        bound: 8 + streams,
        unit: 'calls',
        goal: 1,
      }),
      result('apply: reads a namespace', {
        value: (counts.total - counts.writes - once) / namespaces,
        bound: 1,
        unit: 'calls',
        goal: 1,
      }),
      result('apply: wall time', {
        value: run.seconds,
        bound: (counts.total * call) / 1000 / parallel,
        unit: 's',
        goal: 1.3,
      }),
    ];
  } finally {
    await at.remove();
  }
};
