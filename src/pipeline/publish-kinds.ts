import { type Author, type Head, type StateReader, type StateWriter } from '../git/index.js';
import {
  commitMessage,
  type Beside,
  type Identity,
  publish,
  type Published,
  type PublishOptions,
  type Rendered,
} from '../publish/index.js';
import { type DocumentKind, type Kinds, type RenderedKind, type RenderedOf } from './document-kind.js';
import { type Part, type Proposal, publishReviewed } from './publish-reviewed.js';
import { type ReviewMode } from './review-mode.js';

/** Who writes into the folder of a cluster, and what all kinds that he writes share. */
export interface Writer {
  readonly repository: StateReader & StateWriter;
  /** `clusters/openshift/`; nothing outside is written or deleted. */
  readonly folder: string;
  /** The file that says whose folder this is. */
  readonly identity: Identity;
  /** What goes along with a change. @default - nothing */
  readonly beside?: Beside;
  /** Name the writer in every commit; a commit with them is his. */
  readonly trailers: Readonly<Record<string, string>>;
  readonly author: Author;
  /** Changes that wait for people. @default - none does */
  readonly review?: ReviewMode;
  /** How a push is repeated. @default - that of `publish` */
  readonly retry?: Pick<PublishOptions, 'attempts' | 'delay' | 'random'>;
}

/** What was published, and the rendering of every kind that it was made from. */
export interface PublishedKinds<K extends Kinds> {
  readonly git: Published;
  readonly rendered: { readonly [Name in keyof K]: RenderedOf<K[Name]> };
  /** What waits for people, where changes do. */
  readonly proposal?: Proposal;
}

/** Renders all kinds on one head and brings them into Git in one commit; a dry run stops before the commit. */
export async function publishKinds<K extends Kinds>(
  kinds: K,
  { repository, trailers, author, retry = {}, review, ...writer }: Writer,
  dryRun: boolean,
): Promise<PublishedKinds<K>> {
  let rendered: Readonly<Record<string, RenderedKind>> = {};
  const publishPart = (part: Part, withoutCommit: boolean): Promise<Published> =>
    publish({
      repository,
      render: async (head) => {
        rendered = await renderKinds(kinds, head);
        return part(together(kinds, rendered, writer), head);
      },
      message: (proposal) => commitMessage(proposal, { kinds: Object.values(kinds).map(counted), trailers }),
      isOurs: (commit) => Object.entries(trailers).every(([key, value]) => commit.trailers.get(key) === value),
      author,
      dryRun: withoutCommit,
      ...retry,
    });
  const published =
    review === undefined
      ? { git: await publishPart((whole) => Promise.resolve(whole), dryRun) }
      : await publishReviewed({ kinds, repository, review, publishPart }, dryRun);
  return { ...published, rendered: rendered as PublishedKinds<K>['rendered'] };
}

async function renderKinds(kinds: Kinds, head: Head | undefined): Promise<Readonly<Record<string, RenderedKind>>> {
  const rendered: Record<string, RenderedKind> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const others = Object.values(kinds).flatMap(({ folder }) => (folder === kind.folder ? [] : [folder]));
    rendered[name] = await kind.render(head, others);
  }
  return rendered;
}

/** What all kinds want, as one: each decides about the files of its own folder. */
export function together(
  kinds: Kinds,
  rendered: Readonly<Record<string, RenderedKind>>,
  { folder, identity, beside }: Pick<Writer, 'folder' | 'identity' | 'beside'>,
): Rendered {
  const all = Object.entries(kinds).map(([name, kind]) => ({ ...kind, wanted: rendered[name]?.wanted }));
  const of = (path: string): RenderedKind['wanted'] | undefined =>
    all.find((kind) => path.startsWith(kind.folder))?.wanted;
  const strays = all.flatMap(({ wanted, ...kind }) =>
    [...(wanted?.files.keys() ?? [])].filter((path) => !path.startsWith(kind.folder)),
  );
  if (strays.length > 0) throw new TypeError(`a kind renders outside its folder: ${strays.join(', ')}`);
  return {
    folder,
    identity,
    ...(beside && { beside }),
    files: new Map(all.flatMap(({ wanted }) => [...(wanted?.files ?? [])])),
    isOurs: (path) => {
      const wanted = of(path);
      return wanted !== undefined && (wanted.isOurs?.(path) ?? true);
    },
    mayRewrite: (path, content) => of(path)?.mayRewrite(path, content) === true,
    mayDelete: (path, content) => of(path)?.mayDelete(path, content) === true,
  };
}

function counted({ folder, words }: DocumentKind): DocumentKind['words'] & { counts: (path: string) => boolean } {
  return { ...words, counts: (path) => path.startsWith(folder) };
}
