import { type Declared } from '../../pipeline/published-documents.js';
import { type IntegrationReport } from '../status/integration-report.js';

/** What ignore.yaml lists, and what it listed `before` that still counts. */
export function ignoredIn(
  { published }: Pick<Declared, 'published'>,
  before: IntegrationReport['ignored'],
): IntegrationReport['ignored'] {
  const now = published?.rendered.files.ignore;
  const both = (list: 'namespaces' | 'organizations'): string[] => [
    ...new Set([...(now?.[list] ?? []), ...(before?.[list] ?? [])]),
  ];
  const [namespaces, organizations] = [both('namespaces'), both('organizations')];
  return namespaces.length + organizations.length === 0 ? undefined : { namespaces, organizations };
}
