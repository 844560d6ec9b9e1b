import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../../control-plane.js';
import { eventually } from '../../../support/eventually.js';
import { openWatch } from '../../proxy/open-watch.js';
import { get } from '../../request.js';
import { sharedControlPlane } from '../../shared.js';
import { type OpenShift, startOpenShift } from '../openshift.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  openshift = await startOpenShift(controlPlane);
});
afterAll(() => openshift.stop());

const builds = '/apis/build.openshift.io/v1/builds';

test('while the servers go it is 503, for watches 500, and 403 for nobody in particular while they come', async () => {
  const access = { url: openshift.url, ca: controlPlane.ca, token: controlPlane.token };
  const status = async (path: string): Promise<number> => (await get(access, path)).status;
  const watch = await openWatch(access, builds);
  const outage = openshift.outage();
  await eventually(() => expect(watch.isOpen()).toBe(false));
  expect([await status(builds), await status(`${builds}?watch=true`)]).toEqual([503, 500]);
  expect(await status('/api/v1/namespaces')).toBe(200);
  outage.comes();
  expect(await get(access, builds)).toMatchObject({ status: 403, body: expect.stringContaining('system:anonymous') });
  outage.end();
  expect(await status(builds)).toBe(200);
});
