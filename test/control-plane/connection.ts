/** All that somebody needs to use a running control plane, as it is handed from one process to another. */
export interface Connection {
  readonly url: string;
  /** Certificate of the authority behind its certificates, PEM. */
  readonly ca: string;
  readonly adminToken: string;
  readonly folder: string;
  readonly auditLog: string;
  /** The program. */
  readonly kubectl: string;
  /** Files with a server certificate for loopback and its key, for servers that stand in front of the API server. */
  readonly serverCertificate: string;
  readonly serverKey: string;
}
