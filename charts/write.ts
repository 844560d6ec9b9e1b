import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { fileFault, TerminalError } from '../src/errors/index.js';
import { Bundle } from './bundle/bundle.js';
import { annotations, bundleDockerfile } from './bundle/annotations.js';
import { CustomResourceDefinitions } from './custom-resource-definitions.js';
import { Example } from './examples/example.js';
import { healthChecks, installApplication, stateApplication } from './examples/argocd.js';
import { installKustomization, stateKustomization } from './examples/flux.js';
import { IntegrationExample } from './examples/integration.js';
import { organizationExample } from './examples/organization.js';
import { stateUrl } from './examples/state-place.js';
import { Monitoring } from './monitoring.js';
import { type Options } from './options/schema.js';
import { optionsTable } from './options/table.js';
import { Quayside } from './quayside.js';

/** Writes all manifests into a folder: it holds all of them afterwards, or what it held before. */
export function writeManifests(options: Options, folder: string): void {
  const target = resolve(folder);
  refuseOthersFolder(target);
  const fresh = join(dirname(target), `.${basename(target)}.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  try {
    mkdirSync(fresh, { recursive: true });
    synthesize(options, fresh);
    swap(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function synthesize(options: Options, folder: string): void {
  const into = (part: string): App => new App({ outdir: join(folder, part), outputFileExtension: '.yaml' });
  const root = into('.');
  new CustomResourceDefinitions(root, 'crds');
  new Quayside(root, 'quayside', options);
  new Monitoring(root, 'monitoring', options);
  // By this name kustomize finds it, and `kubectl apply --filename dist` does not take it for an object.
  writeYaml(join(folder, 'Kustomization'), kustomization);
  writeFileSync(join(folder, 'options.md'), optionsTable());

  const examples = into('examples');
  new IntegrationExample(examples, 'quay-integration', options);
  new IntegrationExample(examples, 'quay-integration-external-sync', options, {
    gitUrl: stateUrl(options),
    gitSync: 'External',
  });
  new Example(examples, 'quay-organization', [organizationExample(options)]);
  new Example(examples, 'argocd-install', [installApplication(options)]);
  new Example(examples, 'argocd-state', [stateApplication(options)]);
  new Example(examples, 'argocd-health-checks', [healthChecks()]);
  new Example(examples, 'flux-install', installKustomization(options));
  new Example(examples, 'flux-state', stateKustomization(options));

  const bundle = into('bundle/manifests');
  Bundle.into(bundle, options);
  for (const app of [root, examples, bundle]) app.synth();
  mkdirSync(join(folder, 'bundle/metadata'), { recursive: true });
  writeYaml(join(folder, 'bundle/metadata/annotations.yaml'), { annotations });
  writeFileSync(join(folder, 'bundle/Dockerfile'), bundleDockerfile());
}

const kustomization = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  resources: ['quayside.yaml'],
};

function writeYaml(path: string, content: object): void {
  writeFileSync(path, Yaml.stringify(content));
}

const ours = new Set([
  'crds.yaml',
  'quayside.yaml',
  'monitoring.yaml',
  'Kustomization',
  'options.md',
  'examples',
  'bundle',
]);

/** What is in the folder goes, so it has to be what was made here before. */
function refuseOthersFolder(folder: string): void {
  if (!existsSync(folder)) return;
  let content: readonly string[];
  try {
    content = readdirSync(folder);
  } catch (error) {
    throw new TerminalError('UnsafePath', `${folder} ${fileFault(error)}`);
  }
  if (content.every((name) => ours.has(name))) return;
  throw new TerminalError('UnsafePath', `${folder} holds other files than manifests of Quayside, and they would go`, {
    hint: 'Name an empty folder.',
  });
}

function swap(fresh: string, target: string): void {
  const old = `${fresh}.old`;
  rmSync(old, { recursive: true, force: true });
  const before = existsSync(target);
  if (before) renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (before) renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
