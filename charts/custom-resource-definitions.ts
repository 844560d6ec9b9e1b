import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { Definitions } from './constructs/crds.js';

/** A file with nothing but the definitions, for clusters where others than the installer may create them. */
export class CustomResourceDefinitions extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { disableResourceNameHashes: true });
    new Definitions(this, 'definitions');
  }
}
