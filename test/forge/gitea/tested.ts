import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bareRepository } from '@quayside/simulator/forge';
import { eventually } from '../../support/eventually.js';
import { temporaryFolder } from '../../support/temporary.js';
import type { SeenRequest, TestedForge } from '../tested-forge.js';
import { startFront } from './front.js';
import type { GiteaServer } from './start.js';

/** One repository on a real Gitea, and what people do with it there. */
export async function giteaForge(gitea: GiteaServer, name: string): Promise<TestedForge> {
  const [front] = await Promise.all([startFront(gitea.origin), gitea.repository(name)]);
  const requests = requestsOf(gitea, name);
  const { repository, settled } = await repositoryOf(gitea, name, requests);
  return {
    kind: 'Gitea',
    gitUrl: `${front.origin}/anna/${name}.git`,
    api: `${front.origin}/api/v1`,
    token: gitea.tokens.bot,
    calls: front.calls,
    pushes: front.pushes,
    repository,
    requests: {
      ...requests,
      merge: async (number, style, message = 'Merged by hand') => {
        const { head, base } = await requests.one(number);
        await settled(head);
        await requests.merge(number, style, message);
        return (await repository.ref(base)) ?? '';
      },
    },
    inject: (fault) => (front.fault = fault),
    close: () => front.close(),
  };
}

/** As Gitea answers, as far as it is read here. */
interface Pull {
  readonly number: number;
  readonly state: string;
  readonly merged: boolean;
  readonly title: string;
  readonly body: string;
  readonly user: { readonly login: string };
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly label: string; readonly sha: string; readonly repo_id: number };
  readonly base: { readonly ref: string; readonly repo_id: number };
}

const styles = { merge: 'merge', squash: 'squash', rebase: 'rebase', ff: 'fast-forward-only' } as const;

function requestsOf(gitea: GiteaServer, name: string) {
  const at = (path: string): string => `/repos/anna/${name}${path}`;
  const must = async (
    method: string,
    path: string,
    body?: unknown,
    who: Parameters<GiteaServer['call']>[0] = 'anna',
  ) => {
    const { status, json } = await gitea.call(who, method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };
  const pulls = async () => (await must('GET', at('/pulls?state=all&limit=50'))) as readonly Pull[];
  const all = async (): Promise<readonly SeenRequest[]> =>
    (await pulls()).map(seen).sort((one, other) => one.number - other.number);
  return {
    pulls,
    all,
    one: async (number: number): Promise<SeenRequest> => seen((await must('GET', at(`/pulls/${number}`))) as Pull),
    comments: async (number: number) =>
      (await must('GET', at(`/issues/${number}/comments`))) as readonly { readonly body: string }[],
    add: async ({ isFork = false, author, head, ...request }: Parameters<TestedForge['requests']['add']>[0]) => {
      const who = author === 'quayside-bot' ? 'bot' : author;
      if (isFork) await fork(must, at(''), { who, name, head });
      await must('POST', at('/pulls'), { ...request, head: isFork ? `${who}:${head}` : head }, who);
    },
    edit: (number: number, text: object) => must('PATCH', at(`/pulls/${number}`), text),
    close: (number: number) => must('PATCH', at(`/pulls/${number}`), { state: 'closed' }),
    reopen: (number: number) => must('PATCH', at(`/pulls/${number}`), { state: 'open' }),
    merge: (number: number, style: keyof typeof styles, message: string) =>
      // The check for conflicts may be running.
      eventually(() => must('POST', at(`/pulls/${number}/merge`), { Do: styles[style], MergeTitleField: message })),
  };
}

type Must = (method: string, path: string, body: unknown, who: Parameters<GiteaServer['call']>[0]) => Promise<unknown>;

async function fork(
  must: Must,
  repository: string,
  { who, name, head }: { readonly who: 'bot' | 'anna' | 'stranger'; readonly name: string; readonly head: string },
): Promise<void> {
  await must('POST', `${repository}/forks`, {}, who);
  const content = Buffer.from('x').toString('base64');
  const file = { content, branch: 'main', new_branch: head, message: 'Mine' };
  await must('POST', `/repos/${who}/${name}/contents/x.yaml`, file, who);
}

function seen({ number, state, merged, title, body, user, labels, head, base }: Pull): SeenRequest {
  const author = user.login === 'bot' ? 'quayside-bot' : user.login;
  const names = labels.map((label) => label.name);
  const own = { number, title, body, author, base: base.ref, labels: names };
  return { ...own, head: head.label, state: merged ? 'merged' : state === 'open' ? 'open' : 'closed' };
}

/** A clone of anna's, from which she pushes; what she sees is what lies on the disk of the server. */
async function repositoryOf(
  gitea: GiteaServer,
  name: string,
  { pulls }: ReturnType<typeof requestsOf>,
): Promise<{ readonly repository: TestedForge['repository']; readonly settled: (branch: string) => Promise<void> }> {
  const disk = bareRepository({ folder: gitea.folderOf(name), environment: process.env });
  const clone = bareRepository({ folder: join(await temporaryFolder(), 'clone.git'), environment: process.env });
  await writeFile(join(clone.folder, 'objects', 'info', 'alternates'), `${join(disk.folder, 'objects')}\n`);
  const remote = gitea.remoteOf('anna', name);
  // Gitea looks at what was pushed after it has answered.
  const settled = async (branch: string): Promise<void> => {
    const commit = disk.ref(branch);
    await eventually(async () => {
      const open = (await pulls()).filter(({ state, head, base }) => {
        return state === 'open' && head.label === branch && head.repo_id === base.repo_id;
      });
      if (open.some(({ head }) => head.sha !== commit)) throw new Error(`Gitea has not seen the push of ${branch}`);
    });
  };
  const pushed = <T>(branch: string, work: () => T): T => {
    for (const one of ['main', branch]) {
      const [there, here] = [disk.ref(one), clone.ref(one)];
      if (there !== undefined) clone.move(one, there);
      else if (here !== undefined) clone.remove(one);
    }
    const made = work();
    clone.git(['push', '--quiet', '--force', remote, `${clone.ref(branch) ?? ''}:refs/heads/${branch}`]);
    return made;
  };
  return {
    settled,
    repository: {
      ref: (branch) => disk.ref(branch),
      read: (commit, path) => disk.read(commit, path),
      files: (commit) => disk.files(commit),
      parents: (commit) => disk.parents(commit),
      commit: (branch, ...rest) => pushed(branch, () => clone.commit(branch, ...rest)),
      amend: (branch, ...rest) => pushed(branch, () => clone.amend(branch, ...rest)),
      move: (branch, commit) => pushed(branch, () => clone.move(branch, commit)),
      merge: (base, ...rest) => pushed(base, () => clone.merge(base, ...rest)),
      remove: async (branch) => {
        pushed(branch, () => clone.remove(branch));
        await settled(branch);
      },
    },
  };
}
