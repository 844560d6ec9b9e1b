import { builtInNamespacesConfigurationName } from '../api/index.js';
import { type Fields } from '../json/index.js';
import { deleteObject, type KubeClient, readObject, type ResourceType } from '../kube/index.js';
import { type Work } from './work.js';

const type: ResourceType = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
};
const name = builtInNamespacesConfigurationName;

/** The webhook configuration that the operator made, and that no manifest would take along. */
export async function heldConfiguration(client: Pick<KubeClient, 'call'>): Promise<readonly Work[]> {
  const live = await readObject(client, type, { name });
  const { uid } = (live?.metadata ?? {}) as Fields;
  if (typeof uid !== 'string') return [];
  const make = async (): Promise<'Done' | 'Gone'> =>
    (await deleteObject(client, type, { name }, { uid })) === 'Deleted' ? 'Done' : 'Gone';
  return [{ kind: type.kind, name, make }];
}
