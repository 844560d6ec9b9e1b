import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { type Finished, type Fixture, imageStream, project, start } from '../../support/quayside.js';
import { type StandIn } from '../../forge/stand-in.js';
import { type Feedings } from './fed.js';

/** Runs the command line with the memory that the Deployments give Node, and says the most that it took. */
export class CommandLine {
  constructor(
    readonly fixture: Fixture,
    readonly forge: StandIn,
    private readonly node: readonly string[],
    /** MiB. */
    readonly memory: number,
  ) {}

  async run(args: readonly string[], more: { input?: string; environment?: Record<string, string> } = {}) {
    const peak = 'process.on("exit",()=>process._rawDebug(`peak ${process.resourceUsage().maxRSS}`))';
    const finished = await start(args, {
      cwd: this.fixture.folder,
      node: [...this.node, '--import', `data:text/javascript,${peak}`],
      ...more,
      environment: {
        QUAYSIDE_QUAY_TOKEN: this.fixture.token,
        QUAYSIDE_CACHE: this.fixture.file('cache'),
        ...more.environment,
      },
    }).finished;
    const [, kibibytes] = /peak (\d+)/.exec(finished.stderr) ?? [];
    expect(Number(kibibytes) / 1024).toBeLessThan(this.memory);
    return finished;
  }

  /** Ends with 1, and these words. */
  async refuses(args: readonly string[], words: RegExp, more = {}): Promise<void> {
    const { code, stdout, stderr } = await this.run(args, more);
    expect({ code, said: stdout + stderr }).toEqual({ code: 1, said: expect.stringMatching(words) });
  }

  /** A file of so many bytes that takes no room. */
  async sparse(name: string, bytes: number): Promise<string> {
    const path = this.fixture.file(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    await truncate(path, bytes);
    return path;
  }
}

const integration = ['--integration', 'integration.yaml'];
const item = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: x\n';

export const commandLineFeedings: Feedings<CommandLine> = {
  dumpObject: async (line) => {
    const { fixture } = line;
    const more = limits.dumpObject + 1;
    const texts: Readonly<Record<string, string>> = {
      'line.yaml': `${item}    labels: {a: "${'x'.repeat(more)}"}\n`,
      // Each of its lines costs more than it is long.
      'lines.yaml': `${item}${'\n'.repeat(more)}`,
      'frame.yaml': `${'\n'.repeat(more)}${item}`,
      'object.json': `{"kind":"List","items":[{"kind":"Namespace","a":[${'{},'.repeat(more / 3)}{}]}]}`,
    };
    for (const [name, text] of Object.entries(texts)) {
      await fixture.write(name, text);
      await line.refuses(['plan', '--cluster', name, ...integration], /larger than 16 MiB/);
    }
    await line.refuses(['apply', '--cluster', '/dev/zero', ...integration], /larger than 16 MiB/);
  },
  yamlAliases: async (line) => {
    await line.fixture.write('aliases.yaml', `a: &a x\nb: [${'*a,'.repeat(limits.yamlAliases + 1)}]\n`);
    await line.refuses(['render', '--cluster', 'aliases.yaml', ...integration], /aliases\.yaml:\d.*YAML/);
  },
  aliasedValues: async (line) => {
    const level = (at: number): string => `l${at}: &l${at} [${`*${at === 0 ? 'b' : `l${at - 1}`},`.repeat(9)}]`;
    const bomb = ['b: &b [x]', ...Array.from({ length: 40 }, (_, at) => level(at))].join('\n');
    await line.fixture.write('bomb.yaml', bomb);
    await line.refuses(['plan', '--cluster', 'bomb.yaml', ...integration], /stand for too much/);
  },
  registryFileBytes: async (line) => {
    await line.sparse('registry.yaml', limits.registryFileBytes + 1);
    await line.sparse('bundle/config.yaml', limits.registryFileBytes);
    await line.sparse('bundle/extra.crt', 1);
    await line.fixture.write(
      'small.yaml',
      'apiVersion: quay.redhat.com/v1\nkind: QuayRegistry\nmetadata: {name: r}\nspec: {configBundleSecret: b}\n',
    );
    const longer = /longer than 16777216 bytes/;
    await line.refuses(['registry', 'render', '-f', 'registry.yaml'], longer);
    await line.refuses(['registry', 'render', '-f', '/dev/zero'], longer);
    await line.refuses(
      ['registry', 'render', '--offers', 'kubernetes', '-f', 'small.yaml', '--bundle', 'bundle'],
      longer,
    );
    await line.refuses(
      ['registry', 'render', '--offers', 'kubernetes', '-f', 'small.yaml', '--keys', 'registry.yaml'],
      longer,
    );
    await line.refuses(['registry', 'render', '-f', 'small.yaml', '--facts', 'registry.yaml'], longer);
  },
  registryFileCost: async (line) => {
    await line.fixture.write('costly.yaml', `a: [${'{},'.repeat(5_000_000)}]\n`);
    await line.refuses(['registry', 'render', '-f', 'costly.yaml'], /more than 400000 fields/);
  },
  namedFileBytes: async (line) => {
    const large = await line.sparse('large', limits.namedFileBytes + 1);
    const plan = ['plan', ...line.fixture.inputArguments];
    const asked: readonly (readonly string[])[] = [
      [...plan, '--token-file', '/dev/zero'],
      [...plan, '--ca-file', large],
      [...plan, '--ownership-keys', large],
      ['apply', ...line.fixture.inputArguments, '--ownership-key', '/dev/zero'],
      ['plan', ...integration, '--kubeconfig', large],
    ];
    for (const args of asked) await line.refuses(args, /1048576|too long|larger|cannot be read as a kubeconfig/);
  },
  pullRequestText: async (line) => {
    const streams = Array.from({ length: 1_200 }, (_, at) => imageStream('shop', `${at}-`.padEnd(100, 'x')));
    const many = { apiVersion: 'v1', kind: 'List', items: [project('kube-system'), project('shop'), ...streams] };
    await line.fixture.write('many.json', many);
    const { code, stdout } = await line.run(['plan', '--cluster', 'many.json', ...integration, '-o', 'markdown']);
    expect(code).toBe(2);
    expect(stdout.length).toBeLessThan(limits.pullRequestText + 1_000);
    expect(stdout).toMatch(/…and \d+ lines more/);
  },
  forgeAnswer: (line) =>
    withForge(line, `"${'x'.repeat(limits.forgeAnswer)}"`, 200, ({ code, stdout, stderr }) =>
      expect({ code, said: stdout + stderr }).toEqual({ code: 1, said: expect.stringContaining('ForgeUnavailable') }),
    ),
  forgeWords: (line) => {
    const words = 'no '.repeat(limits.forgeWords);
    return withForge(line, JSON.stringify({ message: words }), 422, ({ code, stdout, stderr }) => {
      expect({ code, said: stdout + stderr }).toEqual({ code: 1, said: expect.stringContaining('no no no') });
      expect(stdout + stderr).not.toContain('no '.repeat(limits.forgeWords / 3 + 1));
    });
  },
};

/** Proposes at a forge whose repository is as it should be, and whose API answers with this alone. */
async function withForge(
  line: CommandLine,
  body: string,
  status: number,
  demand: (finished: Finished) => void,
): Promise<void> {
  const api = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body),
  ).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  await line.fixture.integration({
    git: { url: line.forge.gitUrl, review: 'All', forge: { kind: 'GitHub', url, project: 'acme/state' } },
  });
  demand(
    await line.run(['propose', ...line.fixture.inputArguments], {
      environment: { QUAYSIDE_GIT_PASSWORD: line.forge.token, QUAYSIDE_FORGE_TOKEN: line.forge.token },
    }),
  );
  await line.fixture.integration();
  api.closeAllConnections();
  api.close();
}
