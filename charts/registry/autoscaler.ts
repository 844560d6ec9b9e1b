import { Construct } from 'constructs';
import { type AutoscalerModel } from '../../src/registry/index.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** Bounds and measures of an autoscaler. */
export interface AutoscalerProps extends RegistryProps, AutoscalerModel {}

/** The HorizontalPodAutoscaler of the Deployment of its name. */
export class Autoscaler extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const { name, component, minReplicas, maxReplicas, cpu, memory } = props;
    addObject(this, 'autoscaler', props, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      name,
      component: component === 'quay' ? 'horizontalpodautoscaler' : component,
      body: {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas,
          maxReplicas,
          metrics: Object.entries({ cpu, memory }).flatMap(([resource, averageUtilization]) =>
            averageUtilization === undefined
              ? []
              : [
                  {
                    type: 'Resource',
                    resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
                  },
                ],
          ),
        },
      },
    });
  }
}
