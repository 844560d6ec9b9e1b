import type { Reply } from '../../proxy/serve.js';
import type { Api } from '../front/api.js';
import { refusal } from '../front/status.js';
import { type Build, type BuildConfig, buildOfBuild, buildOfConfig, type BuildRequest } from './generate.js';

export interface Named {
  readonly namespace: string;
  readonly name: string;
}

const builds = '/apis/build.openshift.io/v1/namespaces';

/**
 * Counts a configuration up and notes the images that triggered it, then creates its build. In this order two that race make
 * one build; and a build that admission denies is lost, since its trigger is used up.
 */
export async function instantiate(server: Api, { namespace, name }: Named, request: BuildRequest): Promise<Reply> {
  const path = `${builds}/${namespace}/buildconfigs/${name}`;
  const found = await server.call('GET', path);
  if (found.status !== 200) return found;
  const config = found.body as unknown as BuildConfig;
  const last = config.status?.lastVersion ?? 0;
  if (request.lastVersion !== undefined && request.lastVersion !== last) {
    return refusal(
      'BadRequest',
      `the LastVersion(${last}) on build config ${namespace}/${name} does not match the build request LastVersion(${request.lastVersion})`,
    );
  }
  const triggered = triggersOf(config, request);
  const status = { lastVersion: last + 1, imageChangeTriggers: triggered };
  const counted = await server.call('PUT', path, { ...config, status: { ...config.status, ...status } });
  if (counted.status !== 200) return counted;
  const build = buildOfConfig(counted.body as unknown as BuildConfig, request);
  return server.call('POST', `${builds}/${namespace}/builds`, build);
}

/** Counts the configuration of a build up, where it is still there, then creates one like it. */
export async function clone(server: Api, { namespace, name }: Named, request: BuildRequest): Promise<Reply> {
  const found = await server.call('GET', `${builds}/${namespace}/builds/${name}`);
  if (found.status !== 200) return found;
  const build = found.body as unknown as Build;
  const { config, refused } = await countedUp(server, build);
  if (refused !== undefined) return refused;
  return server.call('POST', `${builds}/${namespace}/builds`, buildOfBuild(build, config, request));
}

async function countedUp(server: Api, build: Build): Promise<{ config?: BuildConfig; refused?: Reply }> {
  const { config } = build.status ?? {};
  if (config === undefined) return {};
  const path = `${builds}/${build.metadata.namespace}/buildconfigs/${config.name}`;
  const found = await server.call('GET', path);
  if (found.status === 404) return {};
  const before = found.body as unknown as BuildConfig;
  const status = { ...before.status, lastVersion: (before.status?.lastVersion ?? 0) + 1 };
  const counted = await server.call('PUT', path, { ...before, status });
  return counted.status === 200 ? { config: counted.body as unknown as BuildConfig } : { refused: counted };
}

function triggersOf({ spec }: BuildConfig, { triggeredByImage }: BuildRequest): readonly object[] {
  const changes = (spec.triggers ?? []).filter(({ type }) => type === 'ImageChange');
  return changes.map(({ imageChange }) => ({
    from: imageChange?.from ?? {},
    lastTriggeredImageID: triggeredByImage?.name,
    lastTriggerTime: new Date().toISOString(),
  }));
}
