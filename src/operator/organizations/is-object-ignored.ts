import { ignoredAnnotation } from '../../api/index.js';
import { ignores } from '../../desired/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { ignoredNow } from '../status/integration-report.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/**
 * Whether ignore.yaml lists the organization of an object. The state repository says so; the built-in sync annotates the object
 * as well, and nobody else keeps that annotation up to date.
 */
export function isObjectIgnored(
  integrations: Pick<Integrations, 'get' | 'reported' | 'status'>,
  { integration, namespace = '', organization, annotations }: LiveOrganization,
): boolean {
  const isMarked = annotations[ignoredAnnotation] !== undefined;
  if (isMarked && integrations.get(integration)?.integration.spec.git.sync !== 'External') return true;
  const ignored = ignoredNow(integrations.reported(integration), integrations.status(integration));
  return ignored !== undefined && ignores(ignored, namespace, organization);
}
