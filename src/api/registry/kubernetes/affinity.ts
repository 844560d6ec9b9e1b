import * as z from 'zod';
import { int32 } from './quantity.js';

const text = (description: string) => z.string().meta({ description });
const atomic = { 'x-kubernetes-map-type': 'atomic' };

const requirement = z.strictObject({
  key: text('Key of the label.'),
  operator: text('How the label is compared: In, NotIn, Exists or DoesNotExist; of nodes also Gt and Lt.'),
  values: z.array(z.string()).optional().meta({ description: 'Values to compare with.' }),
});

/** A label selector whose operators the schema does not enumerate, as in Kubernetes' own schemas. */
export const openSelector = z
  .strictObject({
    matchExpressions: z.array(requirement).optional().meta({ description: 'Requirements that must all hold.' }),
    matchLabels: z.record(z.string(), z.string()).optional().meta({ description: 'Labels that must all match.' }),
  })
  .meta(atomic);

const nodeTerm = z
  .strictObject({
    matchExpressions: z.array(requirement).optional().meta({ description: "Requirements on a node's labels." }),
    matchFields: z.array(requirement).optional().meta({ description: "Requirements on a node's fields." }),
  })
  .meta(atomic);

const weight = (of: string) => int32.meta({ description: `How much ${of} counts, from 1 to 100.` });

const nodeAffinity = z.strictObject({
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(
      z.strictObject({
        preference: nodeTerm.meta({ description: 'Nodes that are preferred.' }),
        weight: weight('the preference'),
      }),
    )
    .optional()
    .meta({ description: 'Nodes that are preferred, with weights.' }),
  requiredDuringSchedulingIgnoredDuringExecution: z
    .strictObject({
      nodeSelectorTerms: z.array(nodeTerm).meta({ description: 'Terms of which one must match.' }),
    })
    .meta(atomic)
    .optional()
    .meta({ description: 'Nodes that are the only ones allowed.' }),
});

const podTerm = z.strictObject({
  labelSelector: openSelector.optional().meta({ description: 'Pods that are meant.' }),
  namespaceSelector: openSelector.optional().meta({ description: 'Namespaces whose pods are meant.' }),
  namespaces: z.array(z.string()).optional().meta({ description: 'Further namespaces, by name.' }),
  topologyKey: text('Label of nodes by which places are told apart.'),
});

const podAffinity = z.strictObject({
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(
      z.strictObject({
        podAffinityTerm: podTerm.meta({ description: 'Pods, and the places that count.' }),
        weight: weight('the term'),
      }),
    )
    .optional()
    .meta({ description: 'What is preferred, with weights.' }),
  requiredDuringSchedulingIgnoredDuringExecution: z
    .array(podTerm)
    .optional()
    .meta({ description: 'What must hold for a pod to be scheduled.' }),
});

/** Kubernetes' affinity, as the Quay Operator's definition has it. */
export const affinity = z.strictObject({
  nodeAffinity: nodeAffinity.optional().meta({ description: 'On which nodes.' }),
  podAffinity: podAffinity.optional().meta({ description: 'Beside which pods.' }),
  podAntiAffinity: podAffinity.optional().meta({ description: 'Away from which pods.' }),
});

export type Affinity = Readonly<z.infer<typeof affinity>>;
