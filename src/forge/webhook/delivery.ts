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

const named: Readonly<Record<ForgeKind, { readonly event: readonly string[]; readonly id: readonly string[] }>> = {
  GitHub: { event: ['x-github-event'], id: ['x-github-delivery'] },
  GitLab: { event: ['x-gitlab-event'], id: ['x-gitlab-event-uuid'] },
  // It sends GitHub's headers as well.
  Gitea: { event: ['x-gitea-event', 'x-forgejo-event'], id: ['x-gitea-delivery', 'x-forgejo-delivery'] },
};

/** Reads what was proved before. */
export function readDelivery(kind: ForgeKind, headers: Headers, json: unknown): Delivery {
  const first = (names: readonly string[]): string =>
    names.map((name) => headers[name]).find((value) => value !== undefined) ?? '';
  const said = payload.parse(json);
  return {
    event: events[first(named[kind].event)] ?? 'other',
    id: first(named[kind].id).slice(0, 100),
    repository: said.repository?.full_name ?? said.project?.path_with_namespace,
    ...branchesIn(said),
  };
}

function branchesIn({
  ref,
  pull_request: pull,
  object_attributes: merge,
}: z.infer<typeof payload>): Pick<Delivery, 'branch' | 'base'> {
  const pushed = ref?.replace(/^refs\/heads\//, '');
  return { branch: pushed ?? pull?.head?.ref ?? merge?.source_branch, base: pull?.base?.ref ?? merge?.target_branch };
}
