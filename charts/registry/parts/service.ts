import { type Construct } from 'constructs';
import { type Labels } from '../../../src/registry/index.js';
import { addObject } from './registry-object.js';
import { type RegistryProps } from './registry-props.js';

/** A Service in front of pods of a registry. */
export interface ServiceParts {
  readonly name: string;
  readonly component: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly selector: Labels;
  /** Absent: ClusterIP. */
  readonly type?: string;
  readonly ports: readonly ServicePort[];
}

/** A port of a Service. */
export interface ServicePort {
  /** Absent where the Service has one port only. */
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number;
}

/** Adds a Service. */
export function addService(scope: Construct, id: string, props: RegistryProps, parts: ServiceParts): void {
  const { name, component, labels, annotations = {}, selector, type, ports } = parts;
  addObject(scope, id, props, {
    apiVersion: 'v1',
    kind: 'Service',
    name,
    component,
    labels,
    annotations,
    body: {
      spec: {
        ...(type !== undefined && { type }),
        selector,
        ports: ports.map(({ name: portName, port, targetPort = port }) => ({
          ...(portName !== undefined && { name: portName }),
          protocol: 'TCP',
          port,
          targetPort,
        })),
      },
    },
  });
}
