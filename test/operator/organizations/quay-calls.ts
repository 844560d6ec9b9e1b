import { type Simulator } from '@quayside/simulator';

/** Calls Quay as an administrator who is not the operator; gives the status of the answer. */
export async function callAsAdmin(quay: Simulator, method: string, path: string, body?: object): Promise<number> {
  const { status } = await fetch(`${quay.url}/api/v1${path}`, {
    method,
    headers: { authorization: authorizationOf(quay), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return status;
}

/** From now on the log shows no row, as that of a namespace whose rows Quay was told not to write. */
export async function silenceLog(quay: Simulator): Promise<void> {
  const [year, month, day] = new Date().toISOString().split(/[-T]/);
  const today = `${month}/${day}/${year}`;
  const query = new URLSearchParams({ starttime: today, endtime: today }).toString();
  const headers = { authorization: authorizationOf(quay) };
  const counted = await fetch(`${quay.url}/api/v1/superuser/aggregatelogs?${query}`, { headers });
  quay.faults.inject({ path: 'aggregatelogs', status: 200, body: await counted.text(), times: 1000 });
}

const authorizationOf = ({ credentials }: Simulator): string => `Bearer ${credentials.superuser ?? ''}`;

/** What Quay was asked, as `METHOD path`, without queries. */
export const askedOf = (quay: Simulator): readonly string[] =>
  quay.requests.list().map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);

/** The organizations that were read, each once. */
export const organizationsIn = (asked: readonly string[]): readonly string[] =>
  [...new Set(asked.flatMap((one) => /^GET \/api\/v1\/organization\/([^/]+)$/.exec(one)?.[1] ?? []))].sort();
