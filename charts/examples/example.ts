import { ApiObject, Chart } from 'cdk8s';
import { type Construct } from 'constructs';

/** One object as it is written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [more: string]: unknown };
  readonly [field: string]: unknown;
}

/** A file with objects of other people's kinds. */
export class Example extends Chart {
  constructor(scope: Construct, id: string, objects: readonly Manifest[]) {
    super(scope, id, { disableResourceNameHashes: true });
    for (const object of objects) new ApiObject(this, `${object.kind}-${object.metadata.name}`, object);
  }
}
