import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface KubectlCall {
  readonly program: string;
  readonly folder: string;
  readonly kubeconfig: string;
  readonly args: readonly string[];
  readonly input?: string | undefined;
}

/** Runs kubectl with nothing of the caller's own set-up, and gives its standard output. */
export async function runKubectl({ program, folder, kubeconfig, args, input }: KubectlCall): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: join(folder, 'discovery'),
    // It ends before collecting garbage would pay.
    GOGC: '400',
  };
  const child = spawn(program, args, { env, stdio: 'pipe' });
  // It may end without reading all.
  child.stdin.on('error', () => undefined).end(input);
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${complaint.trim()}`);
  return output;
}
