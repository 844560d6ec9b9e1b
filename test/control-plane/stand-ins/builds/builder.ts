import { eventually } from '../../../support/eventually.js';
import type { Api } from '../front/api.js';
import type { Build } from './generate.js';
import { patchBuild } from './start.js';

/** What the kubelet and the builder do with a build that is pending: they wait for its Secret, run it, and push. */
export interface Builder {
  /** Takes it to `Running`. */
  readonly run: (namespace: string, name: string, milliseconds?: number) => Promise<Build>;
  /** Takes it to `Complete` with what was pushed. */
  readonly complete: (namespace: string, name: string, digest: string, milliseconds?: number) => Promise<Build>;
}

export function builderOf(api: Api): Builder {
  const read = async (namespace: string, name: string): Promise<Build> => {
    const { status, body } = await api.call(
      'GET',
      `/apis/build.openshift.io/v1/namespaces/${namespace}/builds/${name}`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as unknown as Build;
  };
  const run: Builder['run'] = (namespace, name, milliseconds) =>
    eventually(async () => {
      const build = await read(namespace, name);
      const { phase } = build.status ?? {};
      if (phase === 'Running') return build;
      const secret = build.spec.output?.pushSecret?.name;
      const mounted =
        secret === undefined ||
        (await api.call('GET', `/api/v1/namespaces/${namespace}/secrets/${secret}`)).status === 200;
      if (phase !== 'Pending' || !mounted)
        throw new Error(`${namespace}/${name} does not run: ${JSON.stringify(build)}`);
      await patchBuild(api, build, {
        status: { phase: 'Running', reason: null, message: null, startTimestamp: second() },
      });
      return read(namespace, name);
    }, milliseconds);
  return {
    run,
    complete: async (namespace, name, imageDigest, milliseconds) => {
      await run(namespace, name, milliseconds);
      return eventually(async () => {
        const build = await read(namespace, name);
        const status = { phase: 'Complete', completionTimestamp: second(), output: { to: { imageDigest } } };
        await patchBuild(api, build, { status });
        return { ...build, status: { ...build.status, ...status } };
      });
    },
  };
}

const second = (): string => new Date().toISOString().replace(/\.\d+/, '');
