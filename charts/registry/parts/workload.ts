import { type Construct } from 'constructs';
import {
  type DisruptionBudgetModel,
  type ServiceAccountModel,
  type WorkloadModel,
} from '../../../src/registry/index.js';
import { type MainContainer, podTemplate } from './pod.js';
import { addObject } from './registry-object.js';
import { type RegistryProps } from './registry-props.js';
import { registryWave } from './waves.js';

/** How a Deployment is rolled. */
export interface DeploymentOptions {
  readonly wave: 'data' | 'application';
  /** Absent: Kubernetes' default. */
  readonly strategy?: object;
}

/** Adds a Deployment, and its disruption budget where there is one. */
export function addDeployment(
  scope: Construct,
  props: RegistryProps & WorkloadModel,
  main: MainContainer,
  { wave, strategy }: DeploymentOptions,
): void {
  const { name, labels, annotations, replicas, selector, disruptionBudget } = props;
  addObject(scope, 'deployment', props, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    labels,
    annotations: { ...annotations, ...registryWave(wave) },
    body: {
      spec: {
        ...(replicas !== undefined && { replicas }),
        selector: { matchLabels: selector },
        ...(strategy && { strategy }),
        template: podTemplate(props, main),
      },
    },
  });
  if (disruptionBudget !== undefined) addDisruptionBudget(scope, props, disruptionBudget);
}

function addDisruptionBudget(
  scope: Construct,
  props: RegistryProps & WorkloadModel,
  { name, minAvailable, maxUnavailable }: DisruptionBudgetModel,
): void {
  addObject(scope, 'disruption-budget', props, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    name,
    component: props.component,
    body: {
      spec: {
        ...(minAvailable !== undefined && { minAvailable }),
        ...(maxUnavailable !== undefined && { maxUnavailable }),
        selector: { matchLabels: props.selector },
      },
    },
  });
}

/** Adds the ServiceAccount of a workload. */
export function addServiceAccount(
  scope: Construct,
  props: RegistryProps,
  component: string,
  { name, labels, annotations }: ServiceAccountModel,
): void {
  addObject(scope, 'service-account', props, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name,
    component,
    labels,
    annotations,
  });
}
