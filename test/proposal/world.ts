import {
  changeDigest,
  type Marker,
  nextStep,
  type Refusal,
  type Request,
  type Situation,
  type Step,
  withoutRefusal,
  withRefusal,
} from '../../src/proposal/index.js';

type Tree = ReadonlyMap<string, string>;

interface Commit {
  readonly id: string;
  readonly tree: Tree;
  readonly parents: readonly Commit[];
  readonly isOurs: boolean;
  readonly again?: number;
}

interface StoredRequest {
  readonly number: number;
  state: Request['state'];
  marker: Marker;
  headCommit: string;
  closedAt: number;
}

/** What broke a rule that may never be broken. */
export class BrokenRule extends Error {}

/**
 * A repository, a forge and people, without Git and without HTTP: small enough to run through thousands of histories. What it
 * does on a step is what the real thing does.
 */
export class World {
  base: Commit = { id: 'c0', tree: new Map([['a', '1']]), parents: [], isOurs: false };
  head: Commit | undefined;
  wanted = new Map<string, string>([['a', '1']]);
  readonly requests: StoredRequest[] = [];
  refusals: readonly Refusal[] = [];
  /** What people said no to with the branch in its place, as they see it. */
  readonly noes = new Set<string>();
  pushes = 0;
  private count = 0;

  /** One pass that is killed after so many steps; returns how it ended, if it did. */
  pass(mostSteps: number, released = false): Step | undefined {
    for (let step = 0; step < mostSteps; step += 1) {
      if (step > 15) throw new BrokenRule('the pass comes to no end');
      const next = nextStep(this.situation(released));
      if (next.do === 'nothing' || next.do === 'keep' || next.do === 'hold') return next;
      this.take(next, released);
      this.check();
    }
    return undefined;
  }

  check(): void {
    if (this.open().length > 1) throw new BrokenRule('two requests are open');
  }

  open(): readonly StoredRequest[] {
    return this.requests.filter(({ state }) => state === 'open');
  }

  digest(): string {
    return changeDigest(this.entries(this.base.tree, this.wanted));
  }

  // What people do.

  wants(path: string, content: string | undefined): void {
    if (content === undefined) this.wanted.delete(path);
    else this.wanted.set(path, content);
  }

  pushesToBase(path: string, content: string): void {
    this.base = this.commit(new Map([...this.base.tree, [path, content]]), [this.base], false);
    this.follow();
  }

  revertsBase(): void {
    const [before] = this.base.parents;
    if (before !== undefined) this.base = this.commit(before.tree, [this.base], false);
  }

  merges(isSquash: boolean): void {
    const [request] = this.open();
    if (request === undefined || this.head === undefined) return;
    const below = this.head.parents[0]?.tree ?? new Map<string, string>();
    const tree = new Map(this.base.tree);
    for (const [path, content] of this.entries(below, this.head.tree)) {
      if (content === undefined) tree.delete(path);
      else tree.set(path, content);
    }
    this.base = this.commit(tree, isSquash ? [this.base] : [this.base, this.head], false);
    request.state = 'merged';
    request.closedAt = this.count;
  }

  closes(): void {
    const [request] = this.open();
    if (request === undefined) return;
    request.state = 'closed';
    request.closedAt = this.count += 1;
    if (this.head?.isOurs === true && !this.contains(this.base, this.head)) this.noes.add(request.marker.digest);
  }

  reopens(): void {
    const closed = this.newestClosed();
    if (closed?.state !== 'closed' || this.open().length > 0 || this.head?.id !== closed.headCommit) return;
    closed.state = 'open';
    this.noes.delete(closed.marker.digest);
  }

  edits(path: string): void {
    if (this.head !== undefined)
      this.head = this.commit(new Map([...this.head.tree, [path, `by hand ${this.count}`]]), [this.head], false);
    this.follow();
  }

  deletesHead(): void {
    // Closed and deleted before anybody looked, it was not seen to be a no.
    const seen = new Set(this.refusals.map(({ digest }) => digest));
    for (const digest of this.noes) if (!seen.has(digest)) this.noes.delete(digest);
    this.head = undefined;
    this.follow();
  }

  /** What a forge does by itself. */
  private follow(): void {
    for (const request of this.open()) {
      if (this.head !== undefined && !this.contains(this.base, this.head)) {
        request.headCommit = this.head.id;
        continue;
      }
      request.state = 'closed';
      request.closedAt = this.count += 1;
    }
  }

  private take(step: Exclude<Step, { do: 'nothing' | 'keep' | 'hold' }>, released: boolean): void {
    switch (step.do) {
      case 'push':
        if (this.head?.id !== step.from) throw new BrokenRule('a push expects another commit');
        if (this.isEdited() && !released) throw new BrokenRule('a commit of somebody else is pushed over');
        this.head = this.commit(this.proposed(), [this.base], true, step.again);
        this.pushes += 1;
        this.follow();
        return;
      case 'create': {
        const digest = changeDigest(this.entries(this.base.tree, this.proposed()));
        if (this.noes.has(digest) && !released) throw new BrokenRule('what people refused is proposed again');
        if (released) this.noes.clear();
        const again = step.again === undefined ? {} : { again: String(step.again) };
        const marker: Marker = {
          integration: 'q',
          cluster: 'c',
          digest,
          base: '',
          state: 'open',
          text: digest,
          title: digest,
          ...again,
        };
        this.requests.push({
          number: this.requests.length + 1,
          state: 'open',
          marker,
          headCommit: this.head?.id ?? '',
          closedAt: 0,
        });
        return;
      }
      case 'reopen':
        this.one(step.request.number).state = 'open';
        this.noes.clear();
        return;
      case 'update': {
        const { digest, title, text } = {
          digest: this.proposedDigest(),
          title: this.proposedDigest(),
          text: this.proposedDigest(),
        };
        this.one(step.request.number).marker = { ...this.one(step.request.number).marker, digest, title, text };
        return;
      }
      case 'finish':
        Object.assign(this.one(step.request.number), { state: 'closed', closedAt: (this.count += 1) });
        this.one(step.request.number).marker = { ...this.one(step.request.number).marker, state: 'empty' };
        return;
      case 'closeDuplicate':
        this.one(step.request.number).state = 'closed';
        return;
      case 'deleteHead':
        if (this.isEdited() && this.newestClosed()?.state !== 'merged')
          throw new BrokenRule('work of somebody else is deleted');
        this.deletesHead();
        return;
      case 'remember':
        this.refusals = withRefusal(this.refusals, step.digest, []);
        return;
      case 'forget':
        this.refusals = step.digest === undefined ? [] : withoutRefusal(this.refusals, step.digest);
        if (step.digest === undefined) this.noes.clear();
        return;
    }
  }

  private proposed(): Tree {
    return new Map(this.wanted);
  }

  private proposedDigest(): string {
    return changeDigest(this.entries(this.base.tree, this.proposed()));
  }

  private situation(released: boolean): Situation {
    const digest = this.proposedDigest();
    const closed = this.newestClosed();
    return {
      base: 'main',
      wanted: {
        digest,
        fullDigest: digest,
        isEmpty: this.entries(this.base.tree, this.wanted).size === 0,
        withheld: 0,
      },
      text: { title: digest, text: digest },
      ...(this.head !== undefined && { head: this.headState(this.head) }),
      open: this.open().map(asRequest),
      ...(closed !== undefined && { closed: asRequest(closed) }),
      refused: new Set(this.refusals.map((one) => one.digest)),
      released,
    };
  }

  private headState(head: Commit): NonNullable<Situation['head']> {
    if (this.contains(this.base, head)) return { commit: head.id, state: 'Merged', fits: false };
    const [below] = head.parents;
    if (!head.isOurs || below === undefined || !this.contains(this.base, below)) {
      return { commit: head.id, state: 'Edited', fits: false };
    }
    const entries = this.entries(below.tree, head.tree);
    const fits = [...entries.keys()].every((path) => below.tree.get(path) === this.base.tree.get(path));
    const again = head.again === undefined ? {} : { again: head.again };
    return { commit: head.id, state: 'Ours', digest: changeDigest(entries), fits, ...again };
  }

  private isEdited(): boolean {
    if (this.head === undefined || this.headState(this.head).state !== 'Edited') return false;
    // A person's squash has taken it in.
    const closed = this.newestClosed();
    return closed?.state !== 'merged' || closed.headCommit !== this.head.id;
  }

  private newestClosed(): StoredRequest | undefined {
    return this.requests
      .filter(({ state }) => state !== 'open')
      .toSorted((a, b) => b.closedAt - a.closedAt || b.number - a.number)[0];
  }

  private one(number: number): StoredRequest {
    const found = this.requests[number - 1];
    if (found === undefined) throw new BrokenRule(`there is no request ${number}`);
    return found;
  }

  private contains(commit: Commit, ancestor: Commit): boolean {
    return commit.id === ancestor.id || commit.parents.some((parent) => this.contains(parent, ancestor));
  }

  private commit(tree: Tree, parents: readonly Commit[], isOurs: boolean, again?: number): Commit {
    this.count += 1;
    return { id: `c${this.count}`, tree, parents, isOurs, ...(again !== undefined && { again }) };
  }

  private entries(before: Tree, after: Tree): ReadonlyMap<string, string | undefined> {
    const paths = new Set([...before.keys(), ...after.keys()]);
    return new Map(
      [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]),
    );
  }
}

function asRequest({ closedAt: _closedAt, ...request }: StoredRequest): Request {
  return { ...request, title: '', base: 'main', autoMerge: false, isOurs: true };
}
