import { randomBytes } from 'node:crypto';
import type { SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../control-plane/eventually.js';

/** Tells whether an API server, which hears of webhook configurations a moment after they were written, goes by one of them. */
export interface Mark {
  /** To be put into the configuration: it keeps out what nobody but this mark creates. */
  readonly webhook: object;
  /** Waits until the API server goes by the configuration. */
  readonly heard: () => Promise<void>;
  /** Waits until it no longer does. */
  readonly forgotten: () => Promise<void>;
}

/** A mark that no other configuration has. */
export function newMark(controlPlane: SharedControlPlane): Mark {
  const id = `heard-${randomBytes(4).toString('hex')}`;
  const labels = { 'example.test/mark': id };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id, namespace: 'default', labels } };
  const isKeptOut = async (): Promise<boolean> => {
    const args = ['create', '--dry-run=server', '-f', '-'];
    const complaint = await controlPlane.kubectl(args, { input: JSON.stringify(object) }).then(() => '', String);
    if (complaint !== '' && !complaint.includes(id)) throw new Error(complaint);
    return complaint !== '';
  };
  const until = (keptOut: boolean): Promise<void> =>
    eventually(async () => {
      if ((await isKeptOut()) !== keptOut) throw new Error(`the API server has not heard of ${id} yet`);
    });
  return {
    webhook: {
      name: `${id}.example.test`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Fail',
      // Nobody listens there.
      clientConfig: { url: 'https://127.0.0.1:1/' },
      objectSelector: { matchLabels: labels },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
    },
    heard: () => until(true),
    forgotten: () => until(false),
  };
}
