/** The namespaces of the platform by name, as a label selector takes them: it knows no prefixes. */
export const builtInNamespaces: readonly string[] = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
  'management-infra',
  'openshift',
];
/** What the names of all others begin with. */
export const builtInPrefixes: readonly string[] = ['kube-', 'openshift-'];

/** Whether a namespace belongs to the platform: only `allowlistNamespaces` brings it in. */
export function isBuiltInNamespace(namespace: string): boolean {
  return builtInNamespaces.includes(namespace) || builtInPrefixes.some((prefix) => namespace.startsWith(prefix));
}
