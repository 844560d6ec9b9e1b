import { parseOrganization } from '../../src/api/index.js';
import { type Options } from '../options/schema.js';
import { type Manifest } from './example.js';

/** An organization that a person keeps: it belongs to no namespace, so it is never deleted in Quay. */
export function organizationExample({ integration }: Options): Manifest {
  const example = {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'base-images' },
    spec: {
      integration,
      name: 'base-images',
      robots: [{ name: 'ci', role: 'write' }],
      repositories: [{ name: 'ubi', visibility: 'public' }],
      teams: [{ name: 'platform', role: 'admin', members: ['alice'] }],
      quota: { size: '50Gi', limits: [{ type: 'Warning', percent: 80 }] },
    },
  };
  parseOrganization(example, 'example');
  return example;
}
