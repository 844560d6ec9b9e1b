// A cdk8s app with nothing in it that loads the libraries that ours loads.
import 'cdk8s-plus-27';
import { App, Chart } from 'cdk8s';
import 'constructs';
import 'yaml';
import 'zod';

const app = new App({ outputFileExtension: '.yaml' });
new Chart(app, 'empty');
app.synth();
