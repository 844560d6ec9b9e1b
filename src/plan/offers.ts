/** Which of its features a Quay offers, as far as a plan for something new has to know. */
export interface Offers {
  readonly quota: boolean;
  /** A quota may have limits. */
  readonly quotaLimits: boolean;
  readonly autoPrune: boolean;
  readonly immutability: boolean;
  readonly mirror: boolean;
  readonly proxyCache: boolean;
  readonly teamSync: boolean;
  /** The expiry of deleted tags can be changed. */
  readonly tagExpiration: boolean;
  /** Seconds that it can be set to; absent where Quay does not say. */
  readonly tagExpirationOptions?: readonly number[];
}

/** A Quay with everything switched on; what a plan assumes where nobody asked. */
export const everyFeature: Offers = {
  quota: true,
  quotaLimits: true,
  autoPrune: true,
  immutability: true,
  mirror: true,
  proxyCache: true,
  teamSync: true,
  tagExpiration: true,
};
