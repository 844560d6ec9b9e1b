/** A certificate and its key, which belong together. */
export interface ServingCertificate {
  /** PEM, with the intermediate certificates. */
  readonly cert: string;
  readonly key: string;
  readonly notAfter: Date;
}

/** Where the server takes its certificate from. */
export interface CertificateSource {
  /** The newest that was fit for use; absent before there was one. */
  readonly current: () => ServingCertificate | undefined;
  /** Why it is not as it should be, such as that its time is over. */
  readonly fault: () => string | undefined;
  /** Calls with every other one that comes, and at once when there is one; gives what ends that. */
  readonly onChange: (handler: (certificate: ServingCertificate) => void) => () => void;
}
