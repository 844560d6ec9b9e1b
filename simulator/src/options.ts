/** Users and credentials that exist before the first request. */
export interface Fixtures {
  readonly users: readonly {
    readonly name: string;
    readonly email?: string;
    readonly superuser?: boolean;
    readonly disabled?: boolean;
  }[];
  readonly credentials: Readonly<
    Record<string, { readonly owner: string; readonly scopes: readonly string[]; readonly expired?: boolean }>
  >;
}

/** How to start a simulator; everything has a default. */
export interface SimulatorOptions {
  /** @default - user `admin`, a superuser, with the credential `superuser` of all eight scopes */
  readonly fixtures?: Fixtures;
  /** Feature flags without the prefix `FEATURE_`, laid over the defaults. */
  readonly features?: Readonly<Record<string, boolean>>;
  /** @default 0, a free port */
  readonly port?: number;
  /** @default 0, a free port */
  readonly controlPort?: number;
  /** PEM key and certificate: serves HTTPS, HTTP/2 where the client offers it. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** @default - the system clock */
  readonly clock?: () => Date;
  /** Source of random bytes for tokens and identifiers. @default - node:crypto */
  readonly random?: (size: number) => Uint8Array;
  /** Close each HTTP/1.1 connection after its answer, as Quay behind its stock proxy does. @default false */
  readonly closeConnections?: boolean;
}
