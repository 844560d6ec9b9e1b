/** A commit as git stores it, taken apart. */
export interface CommitObject {
  /** What a signature is over: the object without it. */
  readonly payload: Buffer;
  /** Armored. Undefined for a commit without one, or with more than one. */
  readonly signature: string | undefined;
}

const header = 'gpgsig ';

/** Takes the signature out of the header of a commit. Git leaves out those in both object formats when it signs. */
export function splitCommit(raw: Buffer): CommitObject {
  const text = raw.toString('latin1');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const kept: string[] = [];
  const signatures: string[][] = [];
  let current: string[] | undefined;
  for (const line of head.split('\n')) {
    if (line.startsWith(' ')) (current ?? kept).push(current === undefined ? line : line.slice(1));
    else if (line.startsWith(header)) signatures.push((current = [line.slice(header.length)]));
    else if (line.startsWith('gpgsig-sha256 ')) current = [];
    else {
      current = undefined;
      kept.push(line);
    }
  }
  const payload = Buffer.from(kept.join('\n') + (end < 0 ? '' : text.slice(end)), 'latin1');
  const [lines, ...others] = signatures;
  return { payload, signature: lines === undefined || others.length > 0 ? undefined : `${lines.join('\n')}\n` };
}

/** The same commit with a signature at the end of its header, where git puts it. */
export function signedCommit(payload: Buffer, signature: string): Buffer {
  const end = payload.indexOf('\n\n');
  const lines = signature.trimEnd().split('\n').join('\n ');
  return Buffer.concat([payload.subarray(0, end + 1), Buffer.from(`${header}${lines}\n`), payload.subarray(end + 1)]);
}
