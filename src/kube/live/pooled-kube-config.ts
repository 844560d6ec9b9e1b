import { KubeConfig, type RequestContext, type User } from '@kubernetes/client-node';
import { type buildConnector } from 'undici';
import { type Proxy, proxyFor } from '../../proxy/index.js';
import { type Environment } from '../kubeconfig-options.js';
import { type Credential } from './exec-plugin.js';
import { type Kubeconfig } from './kubeconfig-files.js';
import { type CredentialSource, credentialsOf, type Login } from './login.js';

const alive = { keepAlive: true, keepAliveInitialDelay: 30_000 };
const http1: Pick<buildConnector.BuildOptions, 'allowH2'> = { allowH2: false };

type DispatcherOptions = ReturnType<KubeConfig['createDispatcherOptions']>;
type PooledDispatcher = ReturnType<RequestContext['getDispatcher']>;

/** A KubeConfig with one pool of connections; the library's own opens a new one for every request. */
export class PooledKubeConfig extends KubeConfig {
  #dispatcher: PooledDispatcher;
  #logins: ReadonlyMap<string, Login> = new Map();
  #credentials: CredentialSource | undefined;
  #inUse: Credential | undefined;

  readonly #environment: Environment;

  constructor(environment: Environment = {}) {
    super();
    this.#environment = environment;
  }

  /** The proxy that the variables of the process name for the API server; what the kubeconfig itself says counts first. */
  proxy(): Proxy | undefined {
    const cluster = this.getCurrentCluster();
    const isOwn = cluster === null || (cluster.proxyUrl ?? '') !== '';
    return isOwn ? undefined : proxyFor(cluster.server, this.#environment);
  }

  /** The proxy that the kubeconfig itself names for the API server, for people: without a login. */
  ownProxy(): string | undefined {
    const { proxyUrl = '' } = this.getCurrentCluster() ?? {};
    if (proxyUrl === '') return undefined;
    return URL.canParse(proxyUrl) ? `${new URL(proxyUrl).protocol}//${new URL(proxyUrl).host}` : 'a proxy';
  }

  /** Headers that say as whom the user asks, but for the name, which the library sends. */
  impersonation(): NonNullable<Login['impersonation']> {
    return this.#logins.get(this.getCurrentUser()?.name ?? '')?.impersonation ?? {};
  }

  /** Takes over what was read from files. */
  use({ clusters, users, contexts, currentContext, logins }: Kubeconfig): void {
    this.loadFromOptions({ clusters, users, contexts, currentContext });
    this.#logins = logins;
  }

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await this.#logIn();
    await super.applySecurityAuthentication(context);
    this.#dispatcher ??= context.getDispatcher();
    if (this.#dispatcher !== undefined) context.setDispatcher(this.#dispatcher);
  }

  /** The API server did not accept the login: the next call gets another one. */
  forgetLogin(): void {
    this.#credentials?.forget();
  }

  /** Over HTTP/2 a single connection would carry all: one that is half-open would then stop everything at once. */
  override createDispatcherOptions(...of: Parameters<KubeConfig['createDispatcherOptions']>): DispatcherOptions {
    // Another pool would only be thrown away.
    if (this.#dispatcher !== undefined) return { type: 'none' };
    const options = super.createDispatcherOptions(...of);
    if (options.type === 'socks') return options;
    if (options.type === 'proxy') return { ...options, requestTls: { ...options.requestTls, ...http1 } };
    const connect = options.type === 'agent' ? options.connect : {};
    const proxy = this.proxy();
    if (proxy !== undefined)
      return { type: 'proxy', uri: proxy.url, requestTls: { ...connect, ...http1 }, connect: alive };
    return options.type === 'agent' ? { ...options, connect: { ...connect, ...http1 } } : options;
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }

  async #logIn(): Promise<void> {
    const user = this.getCurrentUser();
    const login = this.#logins.get(user?.name ?? '');
    if (user === null || login === undefined) return;
    const cluster = clusterInfo(this.getCurrentCluster());
    this.#credentials ??= credentialsOf(login, { environment: this.#environment, cluster });
    const credential = await this.#credentials?.current();
    if (credential === undefined || credential === this.#inUse) return;
    // Connections that were opened with another certificate are somebody else's.
    if (this.#inUse?.certificate !== credential.certificate) this.#leave();
    this.#inUse = credential;
    this.users = this.users.map((one) => (one.name === user.name ? { ...one, ...fieldsOf(credential) } : one));
  }

  #leave(): void {
    void this.#dispatcher?.close();
    this.#dispatcher = undefined;
  }
}

/** A credential as a user of a kubeconfig has it. */
function fieldsOf({ token, certificate, key }: Credential): Partial<User> {
  const encoded = (pem: string): string => Buffer.from(pem).toString('base64');
  const pair = certificate === undefined || key === undefined ? undefined : [certificate, key].map(encoded);
  return {
    ...(token !== undefined && { token }),
    ...(pair?.[0] !== undefined && { certData: pair[0] }),
    ...(pair?.[1] !== undefined && { keyData: pair[1] }),
  };
}

/** What a login plugin is told of the cluster, in the names of its interface. */
function clusterInfo(cluster: ReturnType<KubeConfig['getCurrentCluster']>): Record<string, unknown> {
  return {
    server: cluster?.server,
    'tls-server-name': cluster?.tlsServerName,
    'insecure-skip-tls-verify': cluster?.skipTLSVerify,
    'certificate-authority-data': cluster?.caData,
    'proxy-url': cluster?.proxyUrl,
  };
}
