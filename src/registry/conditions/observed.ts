/** What was seen of a registry's objects; a list that is absent could not be read. Each by the name of the object. */
export interface ObservedObjects {
  readonly deployments?: Readonly<Record<string, ObservedDeployment>>;
  readonly claims?: Readonly<Record<string, ObservedClaim>>;
  readonly jobs?: Readonly<Record<string, ObservedJob>>;
  readonly routes?: Readonly<Record<string, Owned & { readonly admitted: boolean }>>;
  readonly bucketClaims?: Readonly<Record<string, Owned & { readonly phase?: string }>>;
  readonly autoscalers?: Readonly<Record<string, Owned>>;
  readonly serviceMonitors?: Readonly<Record<string, Owned>>;
  readonly rules?: Readonly<Record<string, Owned>>;
}

/** Whether the object belongs to this registry: one of somebody else proves nothing. */
export interface Owned {
  readonly owned: boolean;
}

export interface ObservedDeployment extends Owned {
  readonly availableReplicas: number;
  /** The condition Available of the Deployment. */
  readonly isAvailable: boolean;
  /** What its condition says, where it is not available. */
  readonly message?: string;
}

export interface ObservedClaim extends Owned {
  readonly phase: string;
  /** The text of the newest Event ProvisioningFailed of this claim. */
  readonly provisioningFailure?: string;
}

export interface ObservedJob extends Owned {
  readonly active: number;
  readonly succeeded: number;
  /** The message of its condition Failed. */
  readonly failure?: string;
}
