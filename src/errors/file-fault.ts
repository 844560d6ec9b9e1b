const faults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EEXIST: 'is there already',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads back to itself',
};

/** Why the system did not let a file be read, in words that go behind its path. */
export function fileFault(thrown: unknown): string {
  // By name: it may come from another realm, where it is no instance of this one's Error.
  const { code, message } = Object(thrown) as Partial<NodeJS.ErrnoException>;
  return faults[code ?? ''] ?? `cannot be read: ${message ?? String(thrown)}`;
}
