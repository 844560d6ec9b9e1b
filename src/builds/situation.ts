/** What is known of the namespace that a Build is created in. */
export interface Situation {
  /** Why that is not all there is to know: a list has not been read yet. */
  readonly unknown?: string;
  /** Whether the namespace has been seen, and when it was created. */
  readonly namespace?: { readonly created: number | undefined };
  /** The integration that the namespace belongs to; absent: none selects it. */
  readonly integration?: IntegrationFacts;
  /** The organization of the namespace. */
  readonly organization?: OrganizationFacts;
}

export interface IntegrationFacts {
  readonly name: string;
  readonly suspended: boolean;
  readonly ready: boolean;
  /** Quay, as it stands in the name of an image; or why there is none. */
  readonly registry: { readonly host: string } | { readonly host?: undefined; readonly fault: string };
  /** Why somebody has to act before anything can be provisioned. */
  readonly stalled?: string;
}

export interface OrganizationFacts {
  /** In Quay. */
  readonly name: string;
  /** It is in Quay, and ours. */
  readonly exists: boolean;
  /** The Quay that the rest speaks of; absent: not told. */
  readonly registry?: string;
  /** Why somebody has to act before anything can be provisioned. */
  readonly stalled?: string;
  /** Service account → its robot. */
  readonly robots: ReadonlyMap<string, RobotFacts>;
}

export interface RobotFacts {
  readonly name: string;
  readonly canPush: boolean;
  /** It is in Quay, with its role, and its pull secret is written. */
  readonly ready: boolean;
  /** The service account is there, and has the pull secret. */
  readonly linked: boolean;
  readonly message?: string;
}
