import { type RedisModel } from '../model/workload.js';
import { type Context } from '../settings/context.js';
import { workload } from './pod.js';

export function redisModel(context: Context, hasPassword: boolean): RedisModel {
  const { names, release } = context;
  const password = {
    name: 'REDIS_PASSWORD',
    valueFrom: { secretKeyRef: { name: names.redisSecret, key: 'password' } },
  };
  return {
    ...workload(context, {
      kind: 'redis',
      name: names.redis,
      part: 'redis',
      annotationPart: 'redis',
      serviceAccount: names.redis,
      image: release.images.redis,
      env: hasPassword ? [password] : [],
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '4000m', memory: '16Gi' } },
    }),
    service: names.redis,
    ...(hasPassword && { passwordSecret: names.redisSecret }),
  };
}
