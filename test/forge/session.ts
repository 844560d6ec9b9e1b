import { type Forge, openForge, type OpenForge, type StatedForge } from '../../src/forge/index.js';
import { type Credentials, openRepository, type StateRepository } from '../../src/git/index.js';
import type { Grow, RequestContent } from '../../src/proposal/index.js';
import { splitChange } from '../../src/proposal/index.js';
import { proposeChange, type ReviewOutcome } from '../../src/review/index.js';
import { temporaryFolder } from '../support/temporary.js';
import type { StandIn } from './stand-in.js';

export const branch = 'quayside/openshift/quay';
export const trailers = { 'Quayside-Cluster': 'openshift', 'Quayside-Integration': 'quay' };
export const author = { name: 'Quayside', email: 'quayside@example.com' };

/** A file grows when what is there is the beginning of what is wanted: enough for proposals, which know nothing of what files mean. */
export const grow: Grow = (there, wanted) => {
  const before = there.split('\n').filter((line) => line !== '');
  const after = wanted.split('\n').filter((line) => line !== '');
  const losses = before.filter((line) => !after.includes(line)).map((line) => `${line} gone`);
  const grown = [...new Set([...before, ...after])].sort().map((line) => `${line}\n`);
  return { grown: grown.join(''), losses };
};

/** What somebody wants, file by file; undefined is a file that is to go. */
export type WantedFiles = Readonly<Record<string, string | undefined>>;

export interface ReviewSession {
  readonly forge: Forge;
  readonly open: OpenForge;
  readonly repository: StateRepository;
  readonly waits: number[];
  /** One pass, for what is wanted; everything that is not named stays. */
  propose(
    wanted: WantedFiles,
    options?: {
      readonly released?: boolean;
      /** What its request says beside the plain list of files. */
      readonly says?: Partial<Pick<RequestContent, 'subject' | 'remarks' | 'plan'>>;
    },
  ): Promise<ReviewOutcome>;
  close(): Promise<void>;
}

/** A proposer as the command line has one, without memory of its own: a new one is a restart. */
export async function reviewSession(
  { gitUrl, token }: Pick<StandIn, 'gitUrl' | 'token'>,
  over: { readonly credentials?: Credentials; readonly stated?: StatedForge } = {},
): Promise<ReviewSession> {
  const { credentials = { username: 'bot', password: token }, stated } = over;
  const waits: number[] = [];
  const open = await openForge({ gitUrl, ...(stated && { stated }) }, { token });
  const repository = await openRepository({ url: gitUrl, cacheFolder: await temporaryFolder(), credentials });
  return {
    forge: open.forge,
    open,
    repository,
    waits,
    propose: async (wanted, { released = false, says = {} } = {}) => {
      const base = await repository.head();
      if (base === undefined) throw new Error('the base branch is missing');
      const there = await base.read(Object.keys(wanted));
      const files = splitChange(
        Object.entries(wanted).map(([path, content]) => ({ path, there: there.get(path), wanted: content })),
        grow,
      );
      const content = async (change: {
        writes: ReadonlyMap<string, string>;
        deletes: readonly string[];
      }): Promise<RequestContent> => ({
        subject: `Quayside quay: write ${change.writes.size}, remove ${change.deletes.length}`,
        isDestructive: change.deletes.length > 0,
        plan: (most) =>
          [...change.writes.keys(), ...change.deletes]
            .map((path) => `- \`${path}\``)
            .join('\n')
            .slice(0, most),
        remarks: [],
        ...says,
      });
      return proposeChange(
        {
          ...{
            repository,
            forge: open.forge,
            branch,
            integration: 'quay',
            cluster: 'openshift',
            author,
            trailers,
            grow,
          },
          labels: ['quayside'],
          delay: async (milliseconds) => void waits.push(milliseconds),
        },
        { base, files, content, released },
      );
    },
    close: () => open.close(),
  };
}
