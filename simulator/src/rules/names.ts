const NAME = /^([a-z0-9]+(?:[._-][a-z0-9]+)*)\n?$/;
const SHORTEST = 2;
const LONGEST = 255;

/** Why the name is none for an organization, user, robot or team; undefined when it is fine. A trailing newline is. */
export function nameIssue(name: string, kind: 'Namespace' | 'Team' = 'Namespace'): string | undefined {
  if (!NAME.test(name)) return 'Namespace must match expression ^([a-z0-9]+(?:[._-][a-z0-9]+)*)$';
  const length = [...name].length;
  if (length >= SHORTEST && length <= LONGEST) return undefined;
  return `${kind} must be between ${SHORTEST} and ${LONGEST} characters in length`;
}

const EXTENDED_REPOSITORY = /^(?=.{0,255}$)[a-z0-9][.a-z0-9_-]*(?:\/[a-z0-9][.a-z0-9_-]*)*\n?$/;
const BASIC_REPOSITORY = /^[a-z0-9][.a-z0-9_-]{0,254}\n?$/;

/** Whether a repository may have this name; segments are allowed only in the extended form. */
export function isRepositoryName(name: string, extended: boolean): boolean {
  return (extended ? EXTENDED_REPOSITORY : BASIC_REPOSITORY).test(name);
}

/** Whether a tag may have this name. */
export function isTagName(name: string): boolean {
  return /^\w[\w.-]{0,127}$/.test(name);
}

/** Whether a label may have this key. */
export function isLabelKey(key: string): boolean {
  return key.length <= LONGEST && /^[a-z0-9](([a-z0-9]|[-.](?![.-]))*[a-z0-9])?$/.test(key);
}
