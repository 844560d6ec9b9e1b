import * as z from 'zod';
import type { ForgeKind } from '../forge.js';
import type { Headers } from './proof.js';

/** What a delivery says: only a hint to look, whatever else is in it. */
export interface Delivery {
  /** `push`, `request`, `ping` or something that means nothing here. */
  readonly event: 'push' | 'request' | 'ping' | 'other';
  /** As the forge numbers it; shortened. */
  readonly id: string;
  /** What the forge calls the repository. */
  readonly repository: string | undefined;
  /** Of a push, without `refs/heads/`; of a request the branch that it brings. */
  readonly branch: string | undefined;
  /** Of a request: where it is to go. */
  readonly base: string | undefined;
}

const text = z.string().max(1_000).optional().catch(undefined);
const branches = z.looseObject({ ref: text }).optional().catch(undefined);
const payload = z
  .looseObject({
    ref: text,
    repository: z.looseObject({ full_name: text }).optional().catch(undefined),
    project: z.looseObject({ path_with_namespace: text }).optional().catch(undefined),
    pull_request: z.looseObject({ head: branches, base: branches }).optional().catch(undefined),
    object_attributes: z.looseObject({ source_branch: text, target_branch: text }).optional().catch(undefined),
  })
  .catch({});

const events: Readonly<Record<string, Delivery['event']>> = {
  push: 'push',
  'Push Hook': 'push',
  pull_request: 'request',
  'Merge Request Hook': 'request',
  ping: 'ping',
};

/** Reads what was proved before. Gitea sends GitHub's headers as well: its own go first. */
export function readDelivery(kind: ForgeKind, headers: Headers, json: unknown): Delivery {
  const named = {
    GitHub: ['x-github-event', 'x-github-delivery'],
    GitLab: ['x-gitlab-event', 'x-gitlab-event-uuid'],
    Gitea: ['x-gitea-event', 'x-gitea-delivery'],
  } as const;
  const [eventHeader, idHeader] = named[kind];
  const forgejo = kind === 'Gitea' ? headers['x-forgejo-event'] : undefined;
  const { ref, repository, project, pull_request: pull, object_attributes: merge } = payload.parse(json);
  return {
    event: events[headers[eventHeader] ?? forgejo ?? ''] ?? 'other',
    id: (headers[idHeader] ?? headers['x-forgejo-delivery'] ?? '').slice(0, 100),
    repository: repository?.full_name ?? project?.path_with_namespace,
    branch: ref?.replace(/^refs\/heads\//, '') ?? pull?.head?.ref ?? merge?.source_branch,
    base: pull?.base?.ref ?? merge?.target_branch,
  };
}
