import { type BucketClaimModel } from '../model/parts.js';
import { type Context } from './context.js';

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
