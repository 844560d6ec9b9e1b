import { type QuayIntegration } from '../../api/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';

/** What says when something is done, or stands in the documents: another document is an event of its own. */
const elsewhere: ReadonlySet<string> = new Set<keyof QuayIntegration['spec']>([
  'interval',
  'fullInterval',
  'imageStreamSelector',
  'deletionLimit',
  'deletionPolicy',
  'repositoryDeletionPolicy',
  'serviceAccounts',
  'organizationPrefix',
  'scheduledImageStreamImport',
]);

/** All that decides what is made in Quay, or how Quay is reached, but for the connection itself. */
function wordsForQuay({ integration: { spec, metadata }, host }: KnownIntegration): string {
  const fields = Object.entries(spec).filter(([field]) => !elsewhere.has(field) && field !== 'git');
  const { 'quayside.dev/replaces-cluster': previousCluster } = metadata.annotations ?? {};
  // Who brings the documents in says whether their annotations count.
  return JSON.stringify([host, metadata.uid, previousCluster, spec.git.sync, Object.fromEntries(fields)]);
}

/** Whether an edit cannot matter to what is in Quay: then nothing has to be looked at again for it. */
export function isSameForQuay(before: KnownIntegration | undefined, now: KnownIntegration | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return (
    before.quay.value === now.quay.value &&
    before.quay.failure?.code === now.quay.failure?.code &&
    wordsForQuay(before) === wordsForQuay(now)
  );
}
