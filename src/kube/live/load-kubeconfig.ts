import { existsSync } from 'node:fs';
import { InvalidInput } from '../../errors/index.js';
import { objectOrEmpty } from '../../json/index.js';
import { type Environment, type KubeconfigOptions } from '../kubeconfig-options.js';
import { defaultFiles, readKubeconfig, readKubeconfigs } from './kubeconfig-files.js';
import { PooledKubeConfig } from './pooled-kube-config.js';

const podToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Reads the kubeconfig; one that is missing, broken or without the context is an `InvalidInput`. */
export function loadKubeconfig(options: KubeconfigOptions): { config: PooledKubeConfig; server: string } {
  const source = options.kubeconfig ?? 'kubeconfig';
  const config = read(options, source);
  if (options.context !== undefined) choose(config, options.context, source);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || isNowhere(server, options)) {
    throw invalid(
      source,
      'there is no cluster to talk to',
      'Log in with oc or kubectl, or name a kubeconfig and a context.',
    );
  }
  return { config, server: server.replace(/(?<!\/)\/+$/, '') };
}

function read(options: KubeconfigOptions, source: string): PooledKubeConfig {
  const config = new PooledKubeConfig(options.environment);
  try {
    if (options.inCluster === true) config.loadFromCluster();
    else if (options.kubeconfig !== undefined) config.use(readKubeconfig(options.kubeconfig));
    else loadDefault(config, options.environment);
  } catch (error) {
    // A parser's message may repeat what it could not read, and that may be a credential.
    const missing = objectOrEmpty(error).code === 'ENOENT';
    throw invalid(source, missing ? 'there is no such file' : 'cannot be read as a kubeconfig');
  }
  return config;
}

/** As kubectl: the files there are, else the service account of the pod. */
function loadDefault(config: PooledKubeConfig, environment: Environment = {}): void {
  const found = readKubeconfigs(defaultFiles(environment));
  if (found.clusters.length > 0) config.use(found);
  else if (existsSync(podToken)) config.loadFromCluster();
}

function choose(config: PooledKubeConfig, context: string, source: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context))
    throw invalid(source, `has no context ${context}`, `It has ${names.join(', ') || 'none'}.`);
  config.setCurrentContext(context);
}

/** Outside of a pod the library talks to a host called undefined. */
function isNowhere(server: string, { inCluster }: KubeconfigOptions): boolean {
  return inCluster === true && server.includes('//undefined');
}

function invalid(source: string, message: string, hint?: string): InvalidInput {
  return new InvalidInput([{ path: '', source, message, ...(hint !== undefined && { hint }) }]);
}
