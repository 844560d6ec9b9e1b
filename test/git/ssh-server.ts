import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../support/temporary.js';

export interface SshServer {
  /** `ssh://user@127.0.0.1:port`, to be followed by the path of a repository. */
  readonly url: string;
  readonly privateKey: string;
  readonly knownHosts: string;
  close(): Promise<void>;
}

/** The ssh server of this machine, or why there is none to test with. */
export function findSshServer(): { readonly program: string } | { readonly missing: string } {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const candidates = [process.env['SSHD'] ?? '', ...folders.map((folder) => join(folder, 'sshd'))];
  const program = candidates.find((path) => path.startsWith('/') && isProgram(path));
  if (program === undefined) return { missing: 'there is no sshd on this machine (set SSHD to its path)' };
  // Run by root, sshd wants to become this user for everything before the login.
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !/^sshd:/m.test(readFileSync('/etc/passwd', 'utf8'))) return { missing: 'there is no user sshd' };
  const complaint = complaintOf(program);
  return complaint === undefined ? { program } : { missing: complaint };
}

/** Why it would not serve: where it has never run as a service, for one, it may lack the folder that it locks itself into. */
function complaintOf(program: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-test-'));
  try {
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { stdio: 'pipe' });
    execFileSync(program, ['-t', '-f', '/dev/null', '-h', key], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return (error as Error).message.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A real sshd on a free port of this host that lets one key in. */
export async function startSshServer(program: string): Promise<SshServer> {
  const folder = await temporaryFolder();
  for (const name of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
  }
  const config = join(folder, 'sshd_config');
  const settings = [
    ...[`HostKey ${folder}/host`, `AuthorizedKeysFile ${folder}/user.pub`, 'StrictModes no', 'UsePAM no'],
    ...['PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'PermitRootLogin prohibit-password', ''],
  ];
  await writeFile(config, settings.join('\n'));
  const server = createServer((socket) => {
    const child = spawn(program, ['-i', '-f', config]);
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
    for (const stream of [socket, child.stdin, child.stdout]) stream.on('error', () => undefined);
    child.on('error', () => socket.destroy());
    socket.on('close', () => child.kill());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
    privateKey: readFileSync(join(folder, 'user'), 'utf8'),
    knownHosts: `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
