import { Construct } from 'constructs';
import { type SecretContents, type SecretModel } from '../../src/registry/index.js';
import { kept } from '../parts/order.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';

/** A Secret of a registry with its contents. */
export interface RegistrySecretProps extends RegistryProps, Pick<SecretModel, 'name' | 'type' | 'keep'> {
  /** Contents by key. */
  readonly contents: SecretContents;
}

/** One Secret. It never stands in a file with anything else. */
export class RegistrySecret extends Construct {
  constructor(scope: Construct, id: string, props: RegistrySecretProps) {
    super(scope, id);
    const { name, type, keep, contents } = props;
    const text = Object.entries(contents.text).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    addObject(this, 'secret', props, {
      apiVersion: 'v1',
      kind: 'Secret',
      name,
      ...(keep && { annotations: kept }),
      owned: !keep,
      body: { type, data: { ...Object.fromEntries(text), ...contents.binary } },
    });
  }
}
