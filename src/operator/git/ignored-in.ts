import { type Stated } from '../../pipeline/published-documents.js';
import { type Findings } from '../status/integration-report.js';

/** What is to be left alone, by the state repository as it is and by what was said `before` and still counts. */
export function ignoredIn({ published }: Pick<Stated, 'published'>, before: Findings['ignored']): Findings['ignored'] {
  const now = published?.rendered.files.ignore;
  const both = (list: 'namespaces' | 'organizations'): string[] => [
    ...new Set([...(now?.[list] ?? []), ...(before?.[list] ?? [])]),
  ];
  const [namespaces, organizations] = [both('namespaces'), both('organizations')];
  return namespaces.length + organizations.length === 0 ? undefined : { namespaces, organizations };
}
