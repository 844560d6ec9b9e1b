/** What an integration says of a Quay at this address: the simulated ones speak plain HTTP, and that has to be agreed to. */
export function registryAt(url: string): { readonly quayHostname: string; readonly insecureRegistry?: true } {
  return { quayHostname: url, ...(url.startsWith('http://') && { insecureRegistry: true as const }) };
}
