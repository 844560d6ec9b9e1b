import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TerminalError } from '../../errors/index.js';
import { type Client, type ForgeConnection, openClient } from '../wire/client.js';
import { expected } from '../wire/expect.js';
import type { ForgeToken } from '../wire/token.js';
import { accessToken, installation } from './schema.js';

/** A GitHub App that was installed on the repository. */
export interface App {
  /** Its number, or its client ID. */
  readonly appID: string;
  /** PEM, of PKCS#1 or PKCS#8. */
  readonly privateKey: string;
  /** @default - asked for by the repository */
  readonly installationID?: string | undefined;
}

export interface InstallationOptions {
  readonly connection: Omit<ForgeConnection, 'token'>;
  readonly app: App;
  readonly project: string;
  readonly delay?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** The token of an installation, and who it shows as. */
export interface Installation extends ForgeToken {
  account(): Promise<string>;
  close(): Promise<void>;
}

interface Minted {
  readonly token: string;
  readonly expires: number;
  readonly made: number;
}

/** Only what pull requests need, whatever else the App may. */
const permissions = { contents: 'write', pull_requests: 'write', statuses: 'write', metadata: 'read' };
const minutes = 60_000;
/** A push with it may take that long. */
const reserve = 5 * minutes;
/** For so long after it was made, a 401 means that not every server knows it. */
const replication = 5_000;
const pauses = [1_000, 2_000, 3_000];

/** Mints tokens for one repository, each used until shortly before it ends. */
export function installationToken({ connection, app, project, delay = wait }: InstallationOptions): Installation {
  const { now = Date.now } = connection;
  const key = readKey(app.privateKey);
  const client = openClient(connection);
  const known = new Set<string>([app.privateKey]);
  let minted: Promise<Minted> | undefined;
  let retries = 0;
  const mint = (): Promise<Minted> => {
    const asked = mintToken(client, { app, key, project, now }).then((made) => {
      known.add(made.token);
      return made;
    });
    minted = asked;
    asked.catch(() => (minted = undefined));
    return asked;
  };
  const current = async (): Promise<Minted> => {
    const made = await (minted ?? mint());
    return made.expires - now() > reserve || made.made + replication > now() ? made : mint();
  };
  return {
    current: async () => (await current()).token,
    rejected: async () => {
      const { made } = await current();
      const pause = pauses[retries];
      retries = pause === undefined ? 0 : retries + 1;
      if (now() - made < replication && pause !== undefined) {
        await delay(pause);
        return true;
      }
      // Revoked, or its rights have changed: once more with a new one, which then is young.
      if (now() - made < replication + 10_000 || pause === undefined) return false;
      await mint();
      return true;
    },
    secrets: () => [...known],
    account: async () => {
      const { app_slug } = await installationOf(client, { app, key, project, now });
      return `${app_slug ?? 'app'}[bot]`;
    },
    close: () => client.close(),
  };
}

interface Minting {
  readonly app: App;
  readonly key: KeyObject;
  readonly project: string;
  readonly now: () => number;
}

async function mintToken(client: Client, minting: Minting): Promise<Minted> {
  const { app, project, now } = minting;
  const id = app.installationID ?? String((await installationOf(client, minting)).id);
  const call = {
    method: 'POST',
    path: `/app/installations/${encodeURIComponent(id)}/access_tokens`,
    body: { repositories: [project.split('/')[1]], permissions },
    headers: { authorization: `Bearer ${jsonWebToken(minting)}` },
  } as const;
  const answer = await client.ask(call, [201]);
  const { token, expires_at } = expected(accessToken, answer.json, { call, host: client.host, kind: 'GitHub' });
  return { token, expires: Date.parse(expires_at), made: now() };
}

async function installationOf(client: Client, minting: Minting) {
  const path = `/repos/${minting.project.split('/').map(encodeURIComponent).join('/')}/installation`;
  const call = { method: 'GET', path, headers: { authorization: `Bearer ${jsonWebToken(minting)}` } } as const;
  const answer = await client.ask(call, [200, 404]);
  if (answer.status === 404) {
    throw new TerminalError('ForgeRepositoryNotFound', `the GitHub App is not installed on ${minting.project}`, {
      hint: 'Install it on the repository (Settings → GitHub Apps), and check spec.git.url.',
    });
  }
  return expected(installation, answer.json, { call, host: client.host, kind: 'GitHub' });
}

/** GitHub takes none that lasts longer than ten minutes; the clocks may differ by one. */
function jsonWebToken({ app, key, now }: Minting): string {
  const seconds = Math.floor(now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 60, exp: seconds + 480, iss: app.appID })}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new TerminalError('ForgeAuthenticationFailed', 'the private key of the GitHub App cannot be read', {
      hint: 'Put the PEM file that GitHub gave for the App under the key privateKey of the Secret.',
    });
  }
}
