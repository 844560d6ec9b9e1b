import { type BucketClaimModel } from '../model/parts.js';
import { type PendingSecret } from '../inputs.js';
import { type Context, isManaged } from './context.js';

const standardClass = 'openshift-storage.noobaa.io';

export function bucketClaim({ names, options }: Context): BucketClaimModel {
  const { storageClassName = standardClass, bucketClass } = options.objectStorage ?? {};
  // The name of a bucket class means something to its own provisioner only.
  const named = bucketClass ?? (storageClassName === standardClass ? 'noobaa-default-bucket-class' : '');
  return {
    name: names.bucket,
    generateBucketName: 'quay-datastore',
    storageClassName,
    ...(named !== '' && { bucketClass: named }),
  };
}

/** The provisioner chooses the bucket and its login, which stand in the configuration. */
export function pendingSecrets(context: Context): readonly PendingSecret[] {
  const { names, inputs } = context;
  if (!isManaged(context, 'objectstorage') || inputs.facts.bucket !== undefined) return [];
  const because = `the ObjectBucketClaim ${names.bucket} has no bucket yet, and its login stands in config.yaml`;
  return [{ secret: names.configSecret, until: { kind: 'ObjectBucketClaim', name: names.bucket }, because }];
}
