import { type Head } from '../git/index.js';
import { describePlansInMarkdown, type OrganizationPlan } from '../plan/index.js';
import { type FileWrites, type Grow, growth, type RequestContent } from '../proposal/index.js';
import { commitMessage } from '../publish/index.js';
import { formatFile, parseYaml } from '../state/index.js';
import { blobId, diffTrees } from '../state/index.js';
import { codeSpan } from '../text/index.js';
import { type DocumentKind, type Kinds } from './document-kind.js';

function kindOf(kinds: Kinds, path: string): DocumentKind | undefined {
  return Object.values(kinds).find(({ folder }) => path.startsWith(folder));
}

/** How the files of some kinds grow: by their lists of named items; a file of none is one value. */
export function growOf(kinds: Kinds): Grow {
  return (there, wanted, path) => {
    const keys = kindOf(kinds, path)?.listKeys;
    if (keys === undefined) return { grown: there, losses: [wanted] };
    try {
      const [before, after] = [parseYaml(there, path).value, parseYaml(wanted, path).value];
      const { grown, losses } = growth(before, after, keys);
      return { grown: formatFile(grown, headerOf(wanted)), losses };
    } catch {
      // What cannot be read is replaced only by people.
      return { grown: there, losses: [wanted] };
    }
  };
}

/** The comment lines at the top of a file. */
function headerOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(0, end).map((line) => line.replace(/^# ?/, ''));
}

/** Everything that the words of a request are made from. */
export interface Proposed {
  readonly kinds: Kinds;
  readonly base: Head;
  readonly title: string;
  /** Told before the plan. */
  readonly remarks: readonly string[];
}

/** What a change does, in words: the plan between the documents that are there and those that are proposed. */
export async function contentOf(
  { kinds, base, title, remarks }: Proposed,
  change: FileWrites,
  withheld: readonly string[],
): Promise<RequestContent> {
  const paths = [...change.writes.keys(), ...change.deletes].sort();
  const there = await base.read(paths);
  const plans: OrganizationPlan[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const plan = kindOf(kinds, path)?.plan?.(there.get(path), change.writes.get(path));
    if (plan === undefined) files.push(path);
    else plans.push(...plan);
  }
  const isDestructive = plans.some(({ changes }) => changes.some(({ risk }) => risk === 'destructive'));
  const sections = [{ heading: 'Files', lines: files.map((path) => [path] as const) }];
  return {
    subject: `${title}: ${subjectOf(kinds, change, there)}`,
    isDestructive: isDestructive || change.deletes.length > 0,
    plan: (most) => describePlansInMarkdown(plans, { after: sections, most }),
    remarks: [...remarks, ...stayOut(withheld)],
  };
}

function subjectOf(kinds: Kinds, { writes, deletes }: FileWrites, there: ReadonlyMap<string, string>): string {
  const ids = (files: ReadonlyMap<string, string>) => new Map([...files].map(([path, text]) => [path, blobId(text)]));
  const after = new Map([...there].filter(([path]) => !deletes.includes(path)));
  const difference = diffTrees(ids(there), ids(new Map([...after, ...writes])));
  const counted = Object.values(kinds).map(({ folder, words }) => ({
    ...words,
    counts: (path: string) => path.startsWith(folder),
  }));
  const { subject } = commitMessage(
    { ...difference, change: { writes, deletes }, kept: [], planId: '' },
    { kinds: counted, trailers: {} },
  );
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}`;
}

const named = 20;

function stayOut(withheld: readonly string[]): readonly string[] {
  if (withheld.length === 0) return [];
  const more = withheld.length > named ? ` and ${withheld.length - named} more` : '';
  return [`Not in it, since it was refused before: ${withheld.slice(0, named).map(codeSpan).join(', ')}${more}.`];
}
