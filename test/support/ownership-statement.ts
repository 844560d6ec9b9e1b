import { type OwnershipStatement } from '../../src/api/index.js';
import { writeMark } from '../../src/ownership/index.js';
import { ownership } from './ownership-key.js';

/** What is stated of the organization of the namespace `demo`. */
export const statement = (changes: Partial<OwnershipStatement> = {}): OwnershipStatement => ({
  organization: 'openshift_demo',
  clusterUID: '6f1b',
  clusterID: 'openshift',
  namespace: 'demo',
  namespaceUID: 'uid-demo',
  requester: '',
  origin: 'created',
  evidence: 'it was not there',
  serial: 'serial-1',
  revision: 1,
  ...changes,
});

/** The text of a mark with it, signed with the key of the tests. */
export const markText = (changes: Partial<OwnershipStatement> = {}, integration = 'quay'): string =>
  writeMark(statement(changes), integration, ownership.signer);

/** A mark as it was before marks were signed. */
export const unsignedMark = (changes: Readonly<Record<string, string>> = {}): string => {
  const values = {
    'cluster UID': '6f1b',
    'cluster ID': 'openshift',
    namespace: 'demo',
    integration: 'quay',
    origin: 'created',
    ...changes,
  };
  return [
    'Quayside manages this organization.',
    '',
    ...Object.entries(values).map(([label, value]) => `${label}: ${value}`),
  ].join('\n');
};
