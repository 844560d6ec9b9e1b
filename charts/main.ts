import { App } from 'cdk8s';
import { CustomResourceDefinitions } from './custom-resource-definitions.js';

const app = new App({ outputFileExtension: '.yaml' });
new CustomResourceDefinitions(app, 'crds');
app.synth();
