import { readFileSync } from 'node:fs';

/** The namespace of the pod that this process runs in; elsewhere the one that the manifests take. */
export function podNamespace(): string {
  try {
    return readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/namespace', 'utf8').trim();
  } catch {
    return 'quayside';
  }
}
