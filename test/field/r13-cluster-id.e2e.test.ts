import { expect, test } from '@jest/globals';
import { project, Fixture } from '../support/quayside.js';
import { refusal } from '../cli/bad-input/refusal.js';

test.each(['openshift  1', '${CLUSTER_ID}'])('R13: apply with the cluster ID %j writes nothing', async (clusterID) => {
  const fixture = await Fixture.open();
  try {
    await fixture.cluster(project('shop'));
    await fixture.integration({ clusterID });
    expect(await refusal(fixture, fixture.inputArguments)).toMatch(/InvalidClusterID[^]*Set spec\.clusterID/);
  } finally {
    await fixture.close();
  }
});
