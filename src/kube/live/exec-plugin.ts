import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { TerminalError } from '../../errors/index.js';
import { type Fields, objectAt, objectOrEmpty, textOf } from '../../json/index.js';
import { type Environment } from '../kubeconfig-options.js';

/** A program that logs in, as a kubeconfig describes it. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `Never`, `IfAvailable` or `Always`: whether it may ask the person at the terminal. */
  readonly interactive: string;
  readonly installHint: string | undefined;
  readonly wantsCluster: boolean;
}

/** Where it logs in, and the variables of the process. */
export interface LoginPlace {
  readonly environment: Environment;
  /** In the names of the interface of plugins. */
  readonly cluster: Fields;
}

/** What a login gave. */
export interface Credential {
  readonly token?: string;
  /** PEM, both or none. */
  readonly certificate?: string;
  readonly key?: string;
  /** Milliseconds since 1970. */
  readonly expires?: number;
}

/** Runs a login plugin. What it says to a person goes to stderr at once, and at a terminal it may ask. */
export async function runPlugin(plugin: ExecPlugin, { environment, cluster }: LoginPlace): Promise<Credential> {
  const { command, args, interactive: mode, apiVersion, wantsCluster } = plugin;
  // Undefined where it is no terminal.
  const interactive = mode !== 'Never' && Boolean(process.stdin.isTTY);
  if (mode === 'Always' && !interactive) throw failed(plugin, 'wants to ask somebody, and stdin is no terminal');
  const spec = { interactive, ...(wantsCluster && { cluster }) };
  const info = JSON.stringify({ kind: 'ExecCredential', apiVersion, spec });
  const child = spawn(command, args, {
    env: { ...withoutOurs(environment), ...plugin.environment, KUBERNETES_EXEC_INFO: info },
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const [said, [code, signal]] = await Promise.all([text(child.stdout), closed]).catch((error: unknown) => {
    const isMissing = objectOrEmpty(error).code === 'ENOENT';
    throw failed(plugin, isMissing ? 'is not there' : 'could not be started');
  });
  if (code !== 0) throw failed(plugin, `ended with ${code ?? signal ?? 'an error'}; what it said is above`);
  return credentialIn(plugin, said);
}

/** The token for Quay and the password for Git are none of its business. */
function withoutOurs(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('QUAYSIDE_')));
}

function credentialIn(plugin: ExecPlugin, said: string): Credential {
  let status: Fields;
  try {
    status = objectAt(JSON.parse(said), 'status');
  } catch {
    // What it printed may be a token.
    throw failed(plugin, 'printed no ExecCredential');
  }
  const [token, certificate, key] = [status.token, status.clientCertificateData, status.clientKeyData].map(textOf);
  if (token === undefined && (certificate === undefined || key === undefined)) {
    throw failed(plugin, 'gave neither a token nor a certificate with its key');
  }
  const expires = Date.parse(textOf(status.expirationTimestamp) ?? '');
  return {
    ...(token !== undefined && { token }),
    ...(certificate !== undefined && key !== undefined && { certificate, key }),
    ...(Number.isFinite(expires) && { expires }),
  };
}

function failed({ command, installHint }: ExecPlugin, what: string): TerminalError {
  return new TerminalError('ClusterLoginRejected', `the login plugin ${command} of the kubeconfig ${what}`, {
    hint: installHint ?? 'Run it by hand, or log in again with oc or kubectl.',
  });
}
