import { expect, test } from '@jest/globals';
import { TerminalError } from '../../src/errors/index.js';
import { clusterId } from '../../src/names/index.js';

function refusedAs(text: string): string {
  try {
    return clusterId(text);
  } catch (error) {
    if (!(error instanceof TerminalError) || error.code !== 'InvalidClusterID') throw error;
    return `${error.message}. ${error.hint ?? ''}`;
  }
}

test.each([
  ['openshift  1', /^clusterID "openshift {2}1" ends like a guide's number for a line\. Did you mean openshift\?/],
  ['openshift (1)', /guide's number.*Did you mean openshift\?/],
  ['openshift <1>', /guide's number.*Did you mean openshift\?/],
  ['openshift \u2460', /guide's number.*Did you mean openshift\?/],
  ['prod \u2776', /guide's number.*Did you mean prod\?/],
  ['${CLUSTER_ID}', /placeholder that nothing has replaced\. Set spec\.clusterID/],
  ['prod-${REGION}', /placeholder/],
  ['$(CLUSTER)', /placeholder/],
  ['$CLUSTER', /placeholder/],
  ['%CLUSTER%', /placeholder/],
  ['<ID>', /placeholder/],
  ['<cluster-id>', /placeholder/],
  ['{{ .Values.clusterID }}', /placeholder/],
  ['{{cluster}}', /placeholder/],
  ['eu  west', /has blanks inside\. Did you mean eu-west\?/],
  ['eu\twest', /has blanks inside\. Did you mean eu-west\?/],
])('R13: the cluster ID %j is refused', (text, said) => {
  expect(refusedAs(text)).toMatch(said);
});

test.each(['openshift1', 'openshift-1', 'my cluster', 'eu.west', 'a__b', '../up', 'a$', '5%', 'a<b', '{a}', '1', '42'])(
  'R13: the cluster ID %j stays what it was',
  (text) => {
    expect(clusterId(text)).toBe(text);
  },
);
