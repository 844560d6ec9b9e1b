import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { truncate, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { objectsIn, objectsInFiles } from '../../src/app/registry/objects-in-files.js';
import { warning } from '../../src/builds/warning.js';
import { openClient } from '../../src/forge/wire/client.js';
import { wordsIn } from '../../src/forge/wire/words.js';
import { wordsOf } from '../../src/git/words.js';
import { listTree } from '../../src/git/commands/list-tree.js';
import { readTouches } from '../../src/git/commands/history.js';
import { openRepository } from '../../src/git/index.js';
import { AnswerTooLong, createGit, type Git } from '../../src/git/run/run-git.js';
import { eventObject } from '../../src/kube/events/event-object.js';
import { jsonReader } from '../../src/kube/files/json-reader.js';
import { parseYaml as parseDump } from '../../src/kube/files/yaml-text.js';
import { yamlReader } from '../../src/kube/files/yaml-reader.js';
import { limits } from '../../src/limits/index.js';
import { conditionsOf } from '../../src/operator/status/conditions.js';
import { describePlansInMarkdown } from '../../src/plan/index.js';
import { boundLine } from '../../src/process/log/bound-line.js';
import { redact } from '../../src/quay/transport/redact.js';
import { parseYaml } from '../../src/state/index.js';
import { pathFault } from '../../src/state/safe-path.js';
import { refusalOf } from '../../src/webhook/http-exchange.js';
import { costFault } from '../../src/webhook/json-cost.js';
import { createNews } from '../../src/webhook/news.js';
import { bareRepository, removeTemporary, temporaryFolder } from '../support/temporary.js';
import { commandLineFeedings } from './fed/command-line.js';
import { hookFeedings } from './fed/hooks.js';
import { operatorFeedings } from './fed/operator.js';
import { stateFeedings } from './fed/state.js';
import { webhookFeedings } from './fed/webhook.js';

afterAll(removeTemporary);

/** Feeds one more than the limit and demands what the table says; or the file and the name of the test that does. */
type Row = (() => unknown) | readonly [file: `test/${string}.test.ts`, name: string];

const more = (limit: number, of = 'x'): string => of.repeat(limit + 1);
const headed = (length: number): IncomingMessage =>
  ({
    method: 'POST',
    url: '/admissionwebhook',
    headers: { 'content-type': 'application/json', 'content-length': String(length) },
  }) as unknown as IncomingMessage;
const id = 'a'.repeat(40);
/** A git with this answer, stopped where that is too long. */
const answering = (answer: string, asked: (readonly string[])[] = []): Git => ({
  folder: '',
  text: (args, { most = limits.gitAnswerBytes } = {}) => {
    asked.push(args);
    return answer.length > most ? Promise.reject(new AnswerTooLong(most)) : Promise.resolve(answer);
  },
  catFile: () => Promise.resolve(Buffer.alloc(0)),
});
const events = { item: () => undefined, document: () => undefined };
/** A dump that goes on and on, of which no more is ever in memory than what is kept of it. */
const endless = (reader: ReturnType<typeof yamlReader>, begin: string): void => {
  reader.write(Buffer.from(begin));
  const piece = Buffer.alloc(16 * 1024 * 1024, 'x');
  for (let sent = 0; sent <= limits.dumpObject; sent += piece.length) reader.write(piece);
};
const condition = {
  type: 'Ready',
  status: 'False',
  reason: 'StateInvalid',
  message: more(limits.conditionText),
} as const;
const author = { controller: 'c', instance: 'i', namespace: 'n', name: 'e', at: new Date(0) };
const regarding = { apiVersion: 'v1', kind: 'Secret', name: 'e' };
const event = { regarding, type: 'Warning', reason: 'R', action: 'A', note: more(limits.eventNote, 'ü') } as const;
const bomb = ['a: &a [x]', 'b: &b [*a, *a, *a]'];

/** Serves one answer to everything, while something is done. */
async function serving(body: string, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const rows: Readonly<Record<keyof typeof limits, Row>> = {
  registryFileBytes: async () => {
    const file = join(await temporaryFolder(), 'bundle.yaml');
    await writeFile(file, '');
    await truncate(file, limits.registryFileBytes + 1);
    await expect(objectsInFiles([file])).rejects.toThrow('is longer than');
  },
  forgeAnswer: () =>
    serving(JSON.stringify(more(limits.forgeAnswer)), async (api) => {
      const client = openClient({ api });
      const asked = client.ask({ method: 'GET', path: '/' }, [200]);
      await expect(asked).rejects.toMatchObject({ code: 'ForgeUnavailable' });
      await client.close();
    }),
  forgeWords: () => expect(wordsIn({ message: more(limits.forgeWords) }, []).length).toBe(limits.forgeWords),
  reviewBytes: () => {
    expect(refusalOf(headed(limits.reviewBytes))).toBeUndefined();
    expect(refusalOf(headed(limits.reviewBytes + 1))?.status).toBe(413);
  },
  hookBytes: ['test/forge/webhook.test.ts', 'that is too large is cut'],
  hookSeconds: ['test/forge/webhook.test.ts', 'whose body does not come is cut'],
  hooksInFlightBytes: ['test/operator/hooks/receiver.test.ts', 'keeps no more than its share of bodies that never end'],
  hookConnections: ['test/operator/hooks/receiver.test.ts', 'while more connections are open than it takes'],
  reviewDepth: () => expect(costFault(more(limits.reviewDepth, '['))).toMatch(/in one another/),
  reviewValues: () => expect(costFault(`[${more(limits.reviewValues, '0,')}0]`)).toMatch(/too many/),
  reviewsInFlightBytes: ['test/trust/s7-webhook-budget.e2e.test.ts', 'while 70 bodies of 3 MiB never end'],
  waitingReviewBytes: [
    'test/trust/s7-webhook-budget.e2e.test.ts',
    'while 60 reviews of unknown namespaces wait, large ones',
  ],
  waitingReviews: () => {
    const news = createNews();
    for (let at = 0; at < limits.waitingReviews; at += 1) expect(news.of('shop', 60_000)).toBeDefined();
    expect(news.of('shop', 60_000)).toBeUndefined();
    expect(news.of('other', 60_000)).toBeDefined();
    news.tell();
  },
  reviewWait: ['test/webhook/reviewer.test.ts', 'that does not come is allowed, with a warning'],
  webhookConnections: ['test/trust/s7-webhook-budget.e2e.test.ts', 'while 600 connections are open that say nothing'],
  operationsConnections: ['test/process/operations.test.ts', 'of more connections than are taken closes one'],
  handshake: ['test/webhook/server.test.ts', 'a client without TLS is disconnected'],
  requestHead: ['test/webhook/server.test.ts', 'a client that never ends is disconnected after some seconds'],
  request: ['test/webhook/server.test.ts', 'a client that never ends is disconnected after some seconds'],
  personalFileBytes: ['test/trust/s6-state-bounds.test.ts', 'of at most 64 KiB are overlays'],
  documentBytes: ['test/state/parse-yaml.test.ts', 'is refused by its size before it is parsed'],
  folderFiles: async () => {
    const names = Array.from({ length: limits.folderFiles + 1 }, (_, at) => `100644 blob ${id}\t${at}\0`);
    await expect(listTree(answering(names.join('')), { commit: id, recursive: true })).rejects.toThrow(
      'more than 50000',
    );
  },
  folderBytes: ['test/trust/s6-state-bounds.test.ts', 'that are too many bytes together are a fault'],
  listingBytes: async () => {
    const listed = listTree(answering(more(limits.listingBytes)), { commit: id, recursive: true });
    await expect(listed).rejects.toMatchObject({ code: 'StateInvalid' });
  },
  stateFileCost: ['test/trust/s6-state-bounds.test.ts', 'is not parsed: %s'],
  registryFileCost: () =>
    expect(() => objectsIn(more(limits.registryFileCost, '{},'), 'file')).toThrow('more than 400000'),
  yamlFaults: () => {
    const faults = Array.from({ length: limits.yamlFaults + 5 }, (_, at) => `a${at}: !x 1`).join('\n');
    expect(() => parseYaml(faults, 'file')).toThrow('and 5 more faults');
  },
  repositories: ['test/trust/s9-own-limits.test.ts', '5,000 with short names are none too many'],
  objectBytes: ['test/trust/s9-own-limits.test.ts', 'whatever their names are'],
  serviceAccounts: ['test/field/m1-all-accounts.test.ts', 'leaves out those that came last where there are too many'],
  clusterAnswer: ['test/trust/s6-large-lists.test.ts', 'are listed in pages that fit into memory'],
  pullSecretBytes: ['test/trust/s6-large-lists.test.ts', 'are not kept: a pull secret of ours has one login'],
  pullRequestText: () => {
    const changes = Array.from({ length: 2_000 }, () => ({ risk: 'change', words: 'x'.repeat(40) }) as never);
    const text = describePlansInMarkdown([{ organization: 'shop', changes, skipped: [], notes: [] } as never]);
    expect(text.length).toBeLessThan(limits.pullRequestText + 100);
    expect(text).toMatch(/…and \d+ lines more/);
  },
  warningText: () => expect(warning(more(limits.warningText))).toHaveLength(limits.warningText),
  conditionText: () => {
    const [found] = conditionsOf([condition], undefined, { generation: 1, now: new Date(0) });
    expect(found?.message).toHaveLength(limits.conditionText);
  },
  eventNote: () => {
    const { note } = eventObject(event, author);
    expect(Buffer.byteLength(String(note))).toBeLessThanOrEqual(limits.eventNote);
  },
  logField: () => {
    const line = boundLine(`${JSON.stringify({ msg: more(limits.logField) })}\n`);
    expect(line).toContain(`… (${limits.logField + 1} characters)`);
  },
  logLine: () => {
    const fields = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, more(limits.logField)]));
    expect(boundLine(`${JSON.stringify(fields)}\n`).length).toBeLessThanOrEqual(limits.logLine);
  },
  gitAnswerBytes: ['test/limits/beyond.test.ts', 'git is stopped, and a person told what to do'],
  gitMemory: ['test/trust/s6-git-bounds.test.ts', 'a server that never ends its answer does not fill the memory'],
  gitPack: ['test/trust/s6-git-bounds.test.ts', 'a repository of any size does not fill the disk'],
  gitFileBytes: async () => {
    const repository = await openRepository({ embedded: await bareRepository() });
    const writes = new Map([
      ['fits', more(limits.gitFileBytes - 1)],
      ['does-not', more(limits.gitFileBytes)],
    ]);
    const by = { name: 'Ada', email: 'ada@example.com' };
    const commit = await repository.commit(undefined, { writes, deletes: [] }, { subject: 'Large' }, by);
    const head = await repository.at(commit);
    expect([...((await head?.read([...writes.keys()])) ?? [])].map(([path]) => path)).toEqual(['fits']);
  },
  gitRefBytes: ['test/limits/beyond.test.ts', 'a ref is a repository that is corrupt'],
  gitConfigBytes: async () => {
    const folder = await bareRepository();
    await writeFile(join(folder, 'config'), more(limits.gitConfigBytes, '#'));
    await expect(createGit(folder).text(['rev-parse', '--git-dir'])).rejects.toThrow('bad config');
  },
  gitWords: () => expect(wordsOf(more(limits.gitWords))).toHaveLength(limits.gitWords + 1),
  gitCommits: async () => {
    const asked: (readonly string[])[] = [];
    await readTouches(answering('', asked), id, ['file']);
    expect(asked.flat()).toContain(`--max-count=${limits.gitCommits}`);
  },
  pathBytes: () => expect(pathFault(`${more(limits.pathBytes / 2, 'x/')}x`)).toBe('is too long'),
  gitSilence: ['test/git/hanging-ssh.test.ts', 'an ssh that hangs and keeps what it got from git open'],
  dumpObject: () => {
    expect(() => endless(yamlReader(events), 'a: ')).toThrow('a line is larger than 16 MiB');
    expect(() => endless(jsonReader(events), '{"kind":"List","items":[{"a":"')).toThrow(
      'an object is larger than 16 MiB',
    );
  },
  yamlAliases: () =>
    expect(() => parseDump(`a: &a x\nb: [${more(limits.yamlAliases, '*a,')}]`, Number)).toThrow('YAML'),
  aliasedValues: () => {
    const levels = Array.from(
      { length: 16 },
      (_, at) => `l${at}: &l${at} [${`*${at === 0 ? 'b' : `l${at - 1}`},`.repeat(3)}]`,
    );
    expect(() => parseDump([...bomb, ...levels].join('\n'), Number)).toThrow('stand for too much');
  },
  namedFileBytes: ['test/limits/beyond.test.ts', 'a file of the command line is not read to its end'],
  quayAnswer: ['test/limits/beyond.test.ts', 'an answer of Quay'],
  quayPages: ['test/limits/beyond.test.ts', 'a list of Quay that does not end'],
  quayWords: () => expect(redact(more(limits.quayWords, 'x '), [])).toHaveLength(limits.quayWords),
  quayHead: ['test/quay/transport.test.ts', 'a half-open server is given up after the timeout'],
  quayBody: ['test/quay/transport.test.ts', 'so is one that pauses inside an answer'],
};

test.each(Object.entries<Row>(rows))('beyond the limit %s happens what the table says', async (_, row) => {
  if (typeof row === 'function') await row();
  else expect(readFileSync(row[0], 'utf8')).toContain(row[1]);
});

/** What is fed to processes that have the memory of `dist/`, by the row of the table: to the webhook, the command line and the operator. */
const fed = [webhookFeedings, commandLineFeedings, operatorFeedings, hookFeedings, stateFeedings];

/** The others, and why. */
const notFed: Readonly<Partial<Record<Fed, string>>> = {
  gitAnswerBytes:
    'what is listed and read is bounded before, so that a commit has to say as much; git is fed it by itself',
  gitCommits: 'beyond it more is asked for, and nobody is told of anything',
  eventNote: 'what is written down of faults is cut before; the note is fed by itself',
  gitPack: 'that much would be written to the disk of whoever runs the tests; git is given a smaller bound in its test',
};

type Fed = keyof typeof limits;

test('every row of the table is fed to a process with the memory of dist/, or says why not', () => {
  const rowsFed = new Set([...fed.flatMap((feedings) => Object.keys(feedings)), ...Object.keys(notFed)]);
  expect([...rowsFed].sort()).toEqual(Object.keys(limits).sort());
});
