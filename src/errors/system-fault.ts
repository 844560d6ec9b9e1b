import { type Reason } from './reasons.js';

/** What the system did not let us do, for a person. */
interface SystemFault {
  readonly code: Reason;
  readonly message: string;
  readonly hint: string;
}

type Fault = Omit<SystemFault, 'message'> & { readonly what: string };

const full = { code: 'DiskFull', hint: 'Make room, or name another place.' } as const;
const denied = {
  code: 'FileAccessDenied',
  hint: 'Allow it to the user of this process, or name another place.',
} as const;

const faults: Readonly<Record<string, Fault>> = {
  ENOSPC: { ...full, what: 'there is no space left on the disk' },
  EDQUOT: { ...full, what: "this user's share of the disk is used up" },
  EFBIG: { ...full, what: 'a file may not become that large' },
  EROFS: { ...denied, what: 'the file system is read-only' },
  EACCES: { ...denied, what: 'access is denied' },
  EPERM: { ...denied, what: 'access is denied' },
};

/** What the system did not let us do with a file; nothing for another error, which may be about an address. */
export function systemFault(thrown: unknown): SystemFault | undefined {
  // By name: it may come from another realm, where it is no instance of this one's Error.
  const { code, path, syscall } = Object(thrown) as Partial<NodeJS.ErrnoException>;
  const fault = faults[code ?? ''];
  if (fault === undefined || syscall === undefined || (path === undefined && fault.code !== 'DiskFull'))
    return undefined;
  // What is written bit by bit does not say where.
  return { code: fault.code, message: `${path ?? 'the output or a file'}: ${fault.what}`, hint: fault.hint };
}
