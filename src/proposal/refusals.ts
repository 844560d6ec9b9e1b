/** A change that people said no to, and what would have been lost by it: that does not come back together with others. */
export interface Refusal {
  readonly digest: string;
  readonly losses: readonly string[];
}

const most = 100;
const mostLosses = 10_000;
const hash = /^[0-9a-f]{16}$/;

/** The file that remembers them. */
export function refusalsText(refusals: readonly Refusal[]): string {
  return refusals
    .flatMap(({ digest, losses }) => [`change ${digest}`, ...losses.map((loss) => `loss ${loss}`)])
    .map((line) => `${line}\n`)
    .join('');
}

/** Whatever else somebody wrote into the file means nothing. */
export function readRefusals(text: string): readonly Refusal[] {
  const refusals: { readonly digest: string; readonly losses: string[] }[] = [];
  for (const [word, value = ''] of text.split('\n').map((line) => line.split(' '))) {
    if (!hash.test(value)) continue;
    if (word === 'change') refusals.push({ digest: value, losses: [] });
    if (word === 'loss') refusals.at(-1)?.losses.push(value);
  }
  return refusals.reduce<readonly Refusal[]>((known, { digest, losses }) => withRefusal(known, digest, losses), []);
}

/** With another no, the newest last. */
export function withRefusal(before: readonly Refusal[], digest: string, losses: readonly string[]): readonly Refusal[] {
  const others = withoutRefusal(before, digest).slice(1 - most);
  return [...others, { digest, losses: [...new Set(losses)].slice(0, mostLosses) }];
}

/** Without one: somebody thought again. */
export function withoutRefusal(before: readonly Refusal[], digest: string): readonly Refusal[] {
  return before.filter((refusal) => refusal.digest !== digest);
}

/** Whether what is lost by a change was refused. */
export function refusedLosses(refusals: readonly Refusal[]): ReadonlySet<string> {
  return new Set(refusals.flatMap(({ losses }) => losses));
}
