import { isAbsolute, join } from 'node:path';
import { readAtMost } from '../../files/read-at-most.js';
import { limits } from '../../limits/index.js';
import { objectsIn, objectAt, textOf, type Fields } from '../../json/index.js';
import { type Credential, type ExecPlugin, type LoginPlace, runPlugin } from './exec-plugin.js';

/** How a user of a kubeconfig logs in, beside what stands in the file itself. */
export interface Login {
  /** A file with the token, which may change. */
  readonly tokenFile?: string;
  readonly plugin?: ExecPlugin;
  /** As whom it asks, beside the name in `as`: headers of its calls. */
  readonly impersonation?: Readonly<Record<string, string | string[]>>;
}

/** What a user of a kubeconfig says of it; paths start from the folder of the file. */
export function loginOf(user: Fields, folder: string): Login {
  const tokenFile = textOf(user.tokenFile);
  const exec = objectAt(user, 'exec');
  const command = textOf(exec.command);
  const impersonation = impersonationOf(user);
  return {
    ...(Object.keys(impersonation).length > 0 && { impersonation }),
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

/** What the library leaves out of it: `as-groups`, `as-uid`, `as-user-extra`. */
function impersonationOf(user: Fields): NonNullable<Login['impersonation']> {
  const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const groups = listed(user['as-groups']);
  const uid = textOf(user['as-uid']);
  const extra = Object.entries(objectAt(user, 'as-user-extra')).map(
    ([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, listed(values)] as const,
  );
  return {
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...Object.fromEntries(extra),
  };
}

const tokenLifetime = 60_000;

/** Gives the credential of a login again and again: a file is read after a minute, a plugin runs when its token has expired. */
export function credentialsOf({ tokenFile, plugin }: Login, place: LoginPlace): CredentialSource | undefined {
  if (plugin !== undefined) return remembered(() => runPlugin(plugin, place));
  if (tokenFile === undefined) return undefined;
  return remembered(async () => ({
    token: (await readAtMost(tokenFile, limits.namedFileBytes)).toString('utf8').trim(),
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
