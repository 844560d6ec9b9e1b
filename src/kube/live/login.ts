import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { objectsIn, objectAt, textOf, type Fields } from '../../json/index.js';
import { type Credential, type ExecPlugin, type LoginPlace, runPlugin } from './exec-plugin.js';

/** How a user of a kubeconfig logs in, beside what stands in the file itself. */
export interface Login {
  /** A file with the token, which may change. */
  readonly tokenFile?: string;
  readonly plugin?: ExecPlugin;
}

/** What a user of a kubeconfig says of it; paths start from the folder of the file. */
export function loginOf(user: Fields, folder: string): Login {
  const tokenFile = textOf(user.tokenFile);
  const exec = objectAt(user, 'exec');
  const command = textOf(exec.command);
  return {
    ...(tokenFile !== undefined && { tokenFile: isAbsolute(tokenFile) ? tokenFile : join(folder, tokenFile) }),
    ...(command !== undefined && {
      plugin: {
        apiVersion: textOf(exec.apiVersion) ?? 'client.authentication.k8s.io/v1',
        // A name is looked for on the PATH, a path from where the file is.
        command: command.includes('/') && !isAbsolute(command) ? join(folder, command) : command,
        args: Array.isArray(exec.args) ? exec.args.map(String) : [],
        environment: Object.fromEntries(
          objectsIn(exec.env).map(({ name, value }) => [textOf(name) ?? '', textOf(value) ?? '']),
        ),
        interactive: textOf(exec.interactiveMode) ?? 'IfAvailable',
        installHint: textOf(exec.installHint),
        wantsCluster: exec.provideClusterInfo === true,
      },
    }),
  };
}

const tokenLifetime = 60_000;

/** Gives the credential of a login again and again: a file is read after a minute, a plugin runs when its token has expired. */
export function credentialsOf({ tokenFile, plugin }: Login, place: LoginPlace): CredentialSource | undefined {
  if (plugin !== undefined) return remembered(() => runPlugin(plugin, place));
  if (tokenFile === undefined) return undefined;
  return remembered(async () => ({
    token: (await readFile(tokenFile, 'utf8')).trim(),
    expires: Date.now() + tokenLifetime,
  }));
}

/** A credential, and a way to say that it was not accepted. */
export interface CredentialSource {
  readonly current: () => Promise<Credential>;
  readonly forget: () => void;
}

/** Those who ask at once share one answer. */
function remembered(make: () => Promise<Credential>): CredentialSource {
  let last: Promise<Credential> | undefined;
  const forget = (): void => void (last = undefined);
  const renew = (): Promise<Credential> => {
    const made = make();
    made.catch(forget);
    return (last = made);
  };
  return {
    current: async () => {
      const asked = last;
      const known = await asked;
      if (known !== undefined && (known.expires ?? Infinity) > Date.now()) return known;
      // Somebody else may have begun while we waited.
      return last === asked ? renew() : (last ?? renew());
    },
    forget,
  };
}
