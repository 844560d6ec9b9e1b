import { KubeConfig, type RequestContext } from '@kubernetes/client-node';
import { type buildConnector } from 'undici';

const http1: Pick<buildConnector.BuildOptions, 'allowH2'> = { allowH2: false };

type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;

/** A KubeConfig with one pool of connections; the library's own opens a new one for every request. */
export class PooledKubeConfig extends KubeConfig {
  #dispatcher: ReturnType<RequestContext['getDispatcher']>;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    this.#dispatcher ??= context.getDispatcher();
    if (this.#dispatcher !== undefined) context.setDispatcher(this.#dispatcher);
  }

  /** Over HTTP/2 a single connection would carry all: one that is half-open would then stop everything at once. */
  override createDispatcherOptions(...of: Parameters<KubeConfig['createDispatcherOptions']>): DispatcherOptions {
    // Another pool would only be thrown away.
    if (this.#dispatcher !== undefined) return { type: 'none' };
    const options = super.createDispatcherOptions(...of);
    if (options.type !== 'agent') return options;
    return { ...options, connect: { ...options.connect, ...http1 } };
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }
}
