// Exact names, and only settings that change how objects and refs are stored: what is not here is not obeyed, also what
// a later git may learn to run.
const obeyed: ReadonlySet<string> = new Set([
  ...['repositoryformatversion', 'sharedrepository', 'logallrefupdates', 'filemode', 'ignorecase'].map(of('core')),
  ...['compression', 'loosecompression', 'bigfilethreshold', 'packedgitlimit', 'packedgitwindowsize'].map(of('core')),
  ...['auto', 'autopacklimit', 'bigpackthreshold', 'pruneexpire', 'worktreepruneexpire'].map(of('gc')),
  ...['reflogexpire', 'reflogexpireunreachable', 'packrefs', 'cruftpacks'].map(of('gc')),
  ...['compression', 'depth', 'window', 'windowmemory', 'threads', 'packsizelimit', 'deltacachesize'].map(of('pack')),
  ...['name', 'email'].map(of('user')),
]);

// They name the format of the repository, and git refuses those that it does not know. These two name another place.
const otherPlaces: ReadonlySet<string> = new Set(['extensions.partialclone', 'extensions.worktreeconfig']);

/** The settings of a repository that concern its storage, as a configuration file; from `git config --list -z`. */
export function obeyedSettings(listed: string): string {
  const settings = listed.split('\0').flatMap((entry): string[] => {
    const [name = '', ...lines] = entry.split('\n');
    return isObeyed(name) ? [setting(name, lines.length === 0 ? 'true' : lines.join('\n'))] : [];
  });
  // What comes last wins.
  return [...settings, setting('core.bare', 'true')].join('');
}

function isObeyed(name: string): boolean {
  return obeyed.has(name) || (/^extensions\.[a-z0-9-]+$/.test(name) && !otherPlaces.has(name));
}

function of(section: string): (key: string) => string {
  return (key) => `${section}.${key}`;
}

function setting(name: string, value: string): string {
  const [section = '', key = ''] = name.split('.');
  return `[${section}]\n\t${key} = "${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"\n`;
}
