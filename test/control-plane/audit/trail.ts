import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { eventually } from '../../support/eventually.js';
import type { Access } from '../kubeconfig.js';
import { get } from '../request.js';
import { countByKind, passes, type AuditFilter } from './filter.js';
import { requestOf, type AuditedRequest } from './request.js';

/** Reads what an API server was asked, from its audit log. */
export interface AuditTrail {
  readonly requests: (filter?: AuditFilter) => Promise<readonly AuditedRequest[]>;
  readonly count: (filter?: AuditFilter) => Promise<number>;
  /** How many of each kind, as `{'list namespaces': 1}`. */
  readonly counts: (filter?: AuditFilter) => Promise<Readonly<Record<string, number>>>;
  /** Forgets what has been asked so far. */
  readonly reset: () => Promise<void>;
}

const markerAgent = 'audit-trail';

/** Opens a trail that begins now. */
export async function openAuditTrail(log: string, access: Access): Promise<AuditTrail> {
  let from = (await stat(log)).size;

  // A line is written after its answer has gone out. A request of our own whose line is there is behind all that was answered before.
  const upToNow = async (): Promise<string> => {
    const marker = randomUUID();
    await get(access, `/version?marker=${marker}`, { 'user-agent': markerAgent });
    return eventually(async () => {
      const text = await readFrom(log, from);
      if (!text.includes(marker)) throw new Error(`the audit log ${log} does not show a request that was answered`);
      return text;
    });
  };
  const requests: AuditTrail['requests'] = async (filter = {}) => {
    const lines = (await upToNow()).split('\n').filter((line) => line !== '');
    const all = lines.map(requestOf).filter((request) => request !== undefined);
    return all.filter((request) => request.userAgent !== markerAgent && passes(filter, request));
  };

  return {
    requests,
    count: async (filter) => (await requests(filter)).length,
    counts: async (filter) => countByKind(await requests(filter)),
    reset: async () => {
      from += Buffer.byteLength(await upToNow());
    },
  };
}

/** The whole lines from a position on. */
async function readFrom(path: string, position: number): Promise<string> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(Math.max(0, (await file.stat()).size - position));
    await file.read(bytes, 0, bytes.length, position);
    return bytes.subarray(0, bytes.lastIndexOf('\n') + 1).toString('utf8');
  } finally {
    await file.close();
  }
}
