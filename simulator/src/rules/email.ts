const longest = 254;

/** Whether the real server takes this for an address: one `@` with something before it, a dotted domain behind it. */
export function isEmail(address: string): boolean {
  const [local, domain, ...rest] = address.split('@');
  if (!local || !domain || rest.length > 0 || address.length > longest) return false;
  return /^[^.]+(?:\.[^.]+)+$/.test(domain);
}
