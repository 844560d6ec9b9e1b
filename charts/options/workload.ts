import { type WorkloadProps } from '../parts/workload-props.js';
import { type Options } from './schema.js';

/** What the options say of every workload, and of the resources of this one. */
export function workloadOf(
  options: Options,
  resources: 'operatorResources' | 'webhookResources' | 'jobResources',
): WorkloadProps {
  const { namespace, image, imagePullPolicy, imagePullSecrets, logLevel } = options;
  const { runAsUser, nodeSelector, tolerations, priorityClassName } = options;
  return {
    namespace,
    image,
    imagePullPolicy,
    imagePullSecrets,
    logLevel,
    resources: options[resources],
    runAsUser,
    nodeSelector,
    tolerations,
    priorityClassName,
  };
}
