import { type ComponentKind } from '../../api/index.js';

/** All components in the order in which the Quay Operator lists them. */
export const componentOrder: readonly ComponentKind[] = [
  'quay',
  'postgres',
  'clair',
  'redis',
  'horizontalpodautoscaler',
  'objectstorage',
  'route',
  'mirror',
  'monitoring',
  'tls',
  'clairpostgres',
];
