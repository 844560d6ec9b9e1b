import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { servers } from './list.js';
import { goModule, goVersion, kubernetesVersion } from './pinned.js';

interface Build {
  readonly goPackage: string;
  readonly output: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Told now and then how far it is. */
  readonly print: (line: string) => void;
}

// Often enough to see that it lives.
const betweenReports = 20_000;

/** Fails at once, with what to do, where there is no Go. */
export async function requireGo(environment: NodeJS.ProcessEnv): Promise<void> {
  const failure = await run(['version'], environment);
  if (failure !== undefined) throw new Error(cannotBuild(`\`go version\` fails (${failure})`));
}

/** Builds one program. */
export async function goBuild({ goPackage, output, environment, print }: Build): Promise<void> {
  const begun = Date.now();
  let modules = 0;
  let packages = 0;
  const report = setInterval(() => {
    const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
    print(`${modules} modules downloaded, ${packages} packages compiled, ${minutes} min`);
  }, betweenReports);
  // With -v it prints the name of each package.
  const flags = ['-v', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags', linkerFlags()];
  const failure = await run(['build', ...flags, '-o', output, goPackage], environment, (line) => {
    if (line.startsWith('go: downloading ')) modules += 1;
    else if (/^[\w.~/-]+$/.test(line)) packages += 1;
    else return true;
    return false;
  }).finally(() => clearInterval(report));
  if (failure !== undefined) throw new Error(cannotBuild(`${goPackage}: ${failure}`));
}

/** Runs Go, and gives the end of what it complains about when it fails. */
async function run(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  isComplaint: (line: string) => boolean = () => true,
): Promise<string | undefined> {
  const go = spawn('go', args, {
    cwd: goModule,
    env: { ...environment, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaints: string[] = [];
  let rest = '';
  go.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    complaints.push(...lines.filter(isComplaint));
  });
  if (go.pid !== undefined) setPriority(go.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return new Promise((resolve) => {
    go.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' ? 'there is no `go` on the PATH' : error.message);
    });
    go.once('close', (code) => {
      const said = [...complaints, rest].slice(-15).join('\n').trim();
      resolve(code === 0 ? undefined : said || `it ended with ${code}`);
    });
  });
}

/** Without a version the API server calls itself v0.0.0, which clients that compare versions take for an ancient one. */
function linkerFlags(): string {
  const version = kubernetesVersion();
  const [major, minor] = version.slice(1).split('.');
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const set = Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ['-s', '-w', ...set].join(' ');
}

function cannotBuild(failure: string): string {
  return [
    `The Kubernetes API server for the cluster tests cannot be built: ${failure}`,
    `- Install Go ${goVersion()} or later (https://go.dev/dl); the build gets its sources from the Go module proxy.`,
    `- Or set KUBEBUILDER_ASSETS to a folder that holds ${servers.map(({ name }) => name).join(', ')}.`,
    '- Or run the tests that need none of it: npm run test:unit',
  ].join('\n');
}
