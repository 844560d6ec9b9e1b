import { KubeConfig, type RequestContext } from '@kubernetes/client-node';

/** A KubeConfig with one pool of connections; the library's own opens a new one for every request. */
export class PooledKubeConfig extends KubeConfig {
  #dispatcher: ReturnType<RequestContext['getDispatcher']>;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    const fresh = context.getDispatcher();
    if (fresh === undefined) return;
    this.#dispatcher ??= fresh;
    context.setDispatcher(this.#dispatcher);
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }
}
