/** An object as it is applied. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [field: string]: unknown;
}

/** The part of the metadata that an author states. */
export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** `Kind/name`, with the namespace where it is not that of the registry. */
export function refOf({ kind, metadata: { name, namespace } }: Manifest, home: string): string {
  return namespace === undefined || namespace === home ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}
