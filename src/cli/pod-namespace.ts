import { readFileSync } from 'node:fs';

/** The namespace that this process runs in; `quayside` outside of a cluster. */
export function podNamespace(): string {
  try {
    return readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/namespace', 'utf8').trim();
  } catch {
    return 'quayside';
  }
}
