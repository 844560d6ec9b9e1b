import { Construct } from 'constructs';
import { type BucketClaimModel } from '../../src/registry/index.js';
import { kept } from '../parts/order.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';
import { registryWave } from './parts/waves.js';

/** A bucket that a provisioner of the cluster makes. */
export interface ObjectBucketProps extends RegistryProps, BucketClaimModel {}

/** The claim of the bucket that holds the images; it stays when the registry goes. */
export class ObjectBucket extends Construct {
  constructor(scope: Construct, id: string, props: ObjectBucketProps) {
    super(scope, id);
    const { name, generateBucketName, storageClassName, bucketClass } = props;
    addObject(this, 'claim', props, {
      apiVersion: 'objectbucket.io/v1alpha1',
      kind: 'ObjectBucketClaim',
      name,
      component: 'objectstorage',
      labels: { 'quay-component': 'quay-datastore' },
      annotations: { ...registryWave('data'), ...kept },
      owned: false,
      body: {
        spec: {
          generateBucketName,
          storageClassName,
          ...(bucketClass !== undefined && { additionalConfig: { bucketclass: bucketClass } }),
        },
      },
    });
  }
}
