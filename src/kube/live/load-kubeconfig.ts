import { statSync } from 'node:fs';
import { limits } from '../../limits/index.js';
import { InvalidInput } from '../../errors/index.js';
import { objectOrEmpty } from '../../json/index.js';
import { type KubeconfigOptions } from '../kubeconfig-options.js';
import { PooledKubeConfig } from './pooled-kube-config.js';

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
  const config = new PooledKubeConfig();
  try {
    if (options.inCluster === true) config.loadFromCluster();
    else if (options.kubeconfig === undefined) config.loadFromDefault();
    else if (statSync(options.kubeconfig).size > limits.namedFileBytes) throw new Error('too long');
    else config.loadFromFile(options.kubeconfig);
  } catch (error) {
    // A parser's message may repeat what it could not read, and that may be a credential.
    const missing = objectOrEmpty(error).code === 'ENOENT';
    throw invalid(source, missing ? 'there is no such file' : 'cannot be read as a kubeconfig');
  }
  return config;
}

function choose(config: PooledKubeConfig, context: string, source: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context))
    throw invalid(source, `has no context ${context}`, `It has ${names.join(', ') || 'none'}.`);
  config.setCurrentContext(context);
}

/** Where it finds nothing, the library talks to this address, unencrypted; outside of a pod to a host called undefined. */
function isNowhere(server: string, options: KubeconfigOptions): boolean {
  if (options.inCluster === true) return server.includes('//undefined');
  return options.kubeconfig === undefined && server === 'http://localhost:8080';
}

function invalid(source: string, message: string, hint?: string): InvalidInput {
  return new InvalidInput([{ path: '', source, message, ...(hint !== undefined && { hint }) }]);
}
