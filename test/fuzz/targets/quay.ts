import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectQuay, everything } from '../../../src/quay/index.js';
import { QuaysideError } from '../../../src/errors/index.js';
import { expectHarmless, type Target } from '../target.js';

const token = 'canaryCANARYcanaryCANARYcanaryCANARY1234';
const needs = everything({
  teams: [{ name: 'devs' }],
  repositories: [{ name: 'web' }],
} as unknown as Parameters<typeof everything>[0]);
const recorded = join(import.meta.dirname, '../../contract/quay-api');

/** What a real Quay answered to reads, as status, type and body. */
function answers(): readonly string[] {
  const found = new Map<string, string>();
  for (const name of readdirSync(recorded).filter((one) => one.endsWith('.json'))) {
    const { steps } = JSON.parse(readFileSync(join(recorded, name), 'utf8')) as {
      steps: { response?: { status: number; bodyKind: string; body?: unknown } }[];
    };
    for (const { response } of steps) {
      if (response?.bodyKind !== 'json') continue;
      const body = JSON.stringify(response.body);
      const shape = body.replace(/"(?:[^"\\]|\\.)*"(?!:)|\d+/g, '').slice(0, 60);
      if (body.length < 4_000) found.set(`${response.status} ${shape}`, `${response.status}\n${body}`);
    }
  }
  return [...found.values(), `302\n`, `200\n<html>`, `200\n{"error":${'['.repeat(5_000)}${']'.repeat(5_000)}}`];
}

/** Answers of Quay: each is given to every call. */
export async function quay(): Promise<Target> {
  let answer: { readonly status: number; readonly body: Buffer } = { status: 200, body: Buffer.alloc(0) };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    seeds: answers(),
    feed: async (input) => {
      const end = input.indexOf('\n');
      const status = Number(input.subarray(0, Math.max(0, end)).toString());
      answer = { status: status >= 200 && status < 600 ? status : 200, body: input.subarray(end + 1) };
      const client = connectQuay({ url, token: () => token, delay: () => Promise.resolve() });
      const calls = [
        () => client.whoAmI(),
        () => client.features(),
        () => client.owners('shop'),
        () => client.listOrganizations(),
        () => client.observe('shop', needs),
      ];
      try {
        for (const call of calls) await harmless(call);
      } finally {
        await client.close();
      }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function harmless(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    expectHarmless(error.message);
    if (error.message.includes(token)) throw new Error('the token stands in an error');
  }
}
