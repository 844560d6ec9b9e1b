/** What is known of the namespace that a Build is created in. */
export interface Situation {
  /** Why that is not all there is to know: a list has not been read yet. */
  readonly unknown?: string;
  /** The integration that the namespace belongs to; absent: none selects it. */
  readonly integration?: IntegrationFacts;
  /** The organization of the namespace, or the one that it is going to get; absent where it can get none. */
  readonly organization?: OrganizationFacts;
}

export interface IntegrationFacts {
  readonly name: string;
  readonly suspended: boolean;
  readonly ready: boolean;
  /** Quay, as it stands in the name of an image; or why there is none. */
  readonly registry: { readonly host: string } | { readonly host?: undefined; readonly fault: string };
  /** Whether the document of a new namespace comes to the base branch without anybody's consent. */
  readonly unreviewed: boolean;
  /** Not every image stream gets a repository (`spec.imageStreamSelector`). */
  readonly selectsStreams?: boolean;
  /** Why it is not ready. */
  readonly fault?: string;
}

export interface OrganizationFacts {
  /** In Quay. */
  readonly name: string;
  /** There is a `QuayOrganization`: its document has reached the cluster. Else this is what will be made. */
  readonly declared: boolean;
  /** It is in Quay, and ours. */
  readonly exists: boolean;
  /** The Quay that the rest speaks of; absent: unknown. */
  readonly registry?: string;
  /** The repositories that its document names. */
  readonly repositories?: readonly string[];
  /** Why somebody has to act before anything can be provisioned. */
  readonly stalled?: string;
  /** Service account → its robot. */
  readonly robots: ReadonlyMap<string, RobotFacts>;
  /** The robot that a service account is going to get, where all of a namespace get one. */
  readonly robotToCome?: (serviceAccount: string) => RobotFacts;
}

export interface RobotFacts {
  readonly name: string;
  /** Its pull secret. */
  readonly secret: string;
  readonly canPush: boolean;
  /** It is in Quay, with its role, and its pull secret is written. */
  readonly ready: boolean;
  /** The service account is there, and has the pull secret. */
  readonly linked: boolean;
  readonly message?: string;
}
