import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { CrdConstructs } from './constructs/crds.js';

/** A file with nothing but the CRDs, for clusters where others than the installer may create them. */
export class CustomResourceDefinitions extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { disableResourceNameHashes: true });
    new CrdConstructs(this, 'crds');
  }
}
