import { ignoredAnnotation } from '../../api/index.js';
import { ignores } from '../../desired/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { ignoredNow } from '../status/integration-report.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/**
 * Whether people want the organization of an object left alone. The state repository says so; the built-in sync marks the object
 * as well, and nobody else keeps that mark up to date.
 */
export function isLeftAlone(
  integrations: Pick<Integrations, 'get' | 'findings' | 'status'>,
  { integration, namespace = '', organization, annotations }: LiveOrganization,
): boolean {
  const isMarked = annotations[ignoredAnnotation] !== undefined;
  if (isMarked && integrations.get(integration)?.integration.spec.git.sync !== 'External') return true;
  const ignored = ignoredNow(integrations.findings(integration), integrations.status(integration));
  return ignored !== undefined && ignores(ignored, namespace, organization);
}
