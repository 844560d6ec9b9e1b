const namePattern = /^([a-z0-9]+(?:[._-][a-z0-9]+)*)\n?$/;
const shortest = 2;
const longest = 255;

/** Why the name is none for an organization, user, robot or team; undefined when it is fine. A trailing newline is. */
export function nameIssue(name: string, kind: 'Namespace' | 'Team' = 'Namespace'): string | undefined {
  if (!namePattern.test(name)) return 'Namespace must match expression ^([a-z0-9]+(?:[._-][a-z0-9]+)*)$';
  const length = [...name].length;
  if (length >= shortest && length <= longest) return undefined;
  return `${kind} must be between ${shortest} and ${longest} characters in length`;
}

const extendedRepository = /^(?=.{0,255}$)[a-z0-9][.a-z0-9_-]*(?:\/[a-z0-9][.a-z0-9_-]*)*\n?$/;
const basicRepository = /^[a-z0-9][.a-z0-9_-]{0,254}\n?$/;

/** Whether a repository may have this name; segments are allowed only in the extended form. */
export function isRepositoryName(name: string, extended: boolean): boolean {
  return (extended ? extendedRepository : basicRepository).test(name);
}

/** Whether a tag may have this name. */
export function isTagName(name: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(name);
}

/** Whether a label may have this key. */
export function isLabelKey(key: string): boolean {
  return key.length <= longest && /^[a-z0-9](([a-z0-9]|[-.](?![.-]))*[a-z0-9])?$/.test(key);
}
