import type { Git } from '../run/run-git.js';
import { keyText, withSecretFiles } from '../run/secret-files.js';

/** An SSH private key that commits are signed with. */
export interface Signing {
  readonly sshKey: string;
}

/** The same commit with a signature, which gives it another id. */
export function signCommit(git: Git, commit: string, { sshKey }: Signing): Promise<string> {
  return withSecretFiles(async (write) => {
    const key = await write('key', keyText(sshKey));
    const config = await write('config', `[gpg]\nformat = ssh\n[user]\nsigningKey = ${key}\n`);
    const format = '--format=%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B';
    const shown = await git.text(['show', '--no-patch', format, commit]);
    const [tree = '', parents = '', an = '', ae = '', at = '', cn = '', ce = '', ct = '', body = ''] =
      shown.split('\0');
    const environment = {
      GIT_CONFIG_GLOBAL: config,
      ...{ GIT_AUTHOR_NAME: an, GIT_AUTHOR_EMAIL: ae, GIT_AUTHOR_DATE: `${at} +0000` },
      ...{ GIT_COMMITTER_NAME: cn, GIT_COMMITTER_EMAIL: ce, GIT_COMMITTER_DATE: `${ct} +0000` },
    };
    const on = parents.split(' ').flatMap((parent) => (parent === '' ? [] : ['-p', parent]));
    const input = body.trimEnd() + '\n';
    return (await git.text(['commit-tree', '-S', ...on, tree], { input, environment })).trim();
  });
}
