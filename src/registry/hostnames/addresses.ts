/** Whether a text is an IPv6 address. */
export function isIPv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const all = [...groups(head), ...groups(tail ?? '')];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return tail === undefined ? all.length === 8 : all.length < 8;
}
