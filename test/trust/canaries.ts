import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const hookNames = [
  ...['reference-transaction', 'pre-push', 'pre-receive', 'update', 'post-update', 'post-receive', 'pre-auto-gc'],
  ...['pre-commit', 'commit-msg', 'post-commit', 'prepare-commit-msg', 'fsmonitor-watchman', 'post-rewrite'],
];

/** Programs that each leave a file behind when they run, and a repository's settings that name them. */
export class Canaries {
  private constructor(private readonly folder: string) {}

  static async hatch(folder: string): Promise<Canaries> {
    await mkdir(join(folder, 'sung'), { recursive: true });
    return new Canaries(folder);
  }

  /** The programs that ran. */
  async sung(): Promise<readonly string[]> {
    return (await readdir(join(this.folder, 'sung'))).sort();
  }

  /** Whoever may write the folder of a bare repository puts in everything that can run a program. */
  async putInto(repository: string, url = 'file:///nowhere'): Promise<void> {
    const program = (name: string): Promise<string> => this.program(name);
    const set = async (file: string, settings: Readonly<Record<string, string>>): Promise<void> => {
      for (const [name, value] of Object.entries(settings)) git('config', '--file', file, '--add', name, value);
    };
    const included = join(this.folder, 'included');
    await set(included, { 'gpg.ssh.program': await program('included') });
    const config = join(repository, 'config');
    await set(config, { 'include.path': included, 'includeIf.gitdir:/**.path': included });
    for (const name of programs) await set(config, { [name]: await program(name) });
    for (const name of commands) await set(config, { [name]: `!${await program(name)}` });
    await set(config, {
      'log.showSignature': 'true',
      'core.attributesFile': join(this.folder, 'attributes'),
      'filter.canary.required': 'true',
      [`url.ext::${await program('insteadOf')} .insteadOf`]: url,
      [`remote.${url}.uploadpack`]: await program('uploadpack'),
      [`remote.${url}.receivepack`]: await program('receivepack'),
      'protocol.ext.allow': 'always',
    });
    const attributes = '* filter=canary diff=canary merge=canary\n';
    await mkdir(join(repository, 'info'), { recursive: true });
    await writeFile(join(repository, 'info', 'attributes'), attributes);
    await writeFile(join(this.folder, 'attributes'), attributes);
    await mkdir(join(repository, 'hooks'), { recursive: true });
    for (const name of hookNames) await this.program(`hook ${name}`, join(repository, 'hooks', name));
    git('config', '--file', config, '--add', 'core.hooksPath', join(repository, 'hooks'));
  }

  /** The same for the repository that a `file:` remote stands for, whose hooks elsewhere and commands must not run. */
  async putIntoRemote(repository: string): Promise<void> {
    const config = join(repository, 'config');
    const hooks = join(this.folder, 'hooks-of-remote');
    await mkdir(hooks, { recursive: true });
    for (const name of hookNames) await this.program(`remote hook ${name}`, join(hooks, name));
    git('config', '--file', config, '--add', 'core.hooksPath', hooks);
    for (const name of programs) git('config', '--file', config, '--add', name, await this.program(`remote ${name}`));
  }

  private async program(name: string, path = join(this.folder, `${name}.sh`)): Promise<string> {
    if (!existsSync(path)) {
      const text = `#!/bin/sh\ntouch '${join(this.folder, 'sung', name.replaceAll('/', '_'))}'\nexit 1\n`;
      await writeFile(path, text, { mode: 0o755 });
    }
    return path;
  }
}

const programs = [
  ...['gpg.program', 'gpg.ssh.program', 'gpg.x509.program', 'gpg.openpgp.program', 'gpg.ssh.defaultKeyCommand'],
  ...['core.fsmonitor', 'core.sshCommand', 'core.askPass', 'core.editor', 'core.pager', 'core.gitProxy'],
  ...['core.alternateRefsCommand', 'sequence.editor', 'uploadpack.packObjectsHook', 'gc.recentObjectsHook'],
  ...['diff.external', 'diff.canary.command', 'diff.canary.textconv', 'merge.canary.driver', 'trailer.canary.command'],
  ...['filter.canary.clean', 'filter.canary.smudge', 'filter.canary.process', 'pager.log', 'pager.show'],
];
const commands = ['alias.show', 'alias.log', 'alias.fast-import', 'credential.helper'];

function git(...args: readonly string[]): void {
  execFileSync('git', args, { env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' } });
}
