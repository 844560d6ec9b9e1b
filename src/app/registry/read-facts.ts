import { kubeClient, type KubeconfigOptions } from '../../kube/index.js';
import { clusterFacts } from './cluster-facts.js';
import { factsDocument } from './facts-file.js';
import { type RegistryPlace } from './registry-place.js';

/** The facts of a live cluster as a file holds them. */
export async function readFacts(place: RegistryPlace, kubeconfig: KubeconfigOptions): Promise<object> {
  const client = await kubeClient(kubeconfig);
  try {
    return factsDocument(await clusterFacts(client.call, place));
  } finally {
    await client.close();
  }
}
