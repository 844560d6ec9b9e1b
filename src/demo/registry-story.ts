import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRegistry } from '../app/registry/compare-registry.js';
import { changesAsText } from '../app/registry/describe-changes.js';
import { faultsAsText } from '../app/registry/describe-faults.js';
import { openRegistry, type RegistryOptions } from '../app/registry/open-registry.js';
import { manifestsAsYaml, renderRegistry } from '../app/registry/render-registry.js';
import { type Step } from './narrate.js';

const registry = `apiVersion: quay.redhat.com/v1
kind: QuayRegistry
metadata: {name: registry, namespace: quay}
spec:
  configBundleSecret: registry-bundle
  components:
    - kind: postgres
      managed: true
      overrides: {volumeSize: 20Gi}
`;
const ingress = `---
apiVersion: quayside.dev/v1alpha1
kind: QuayRegistryOptions
metadata: {name: registry, namespace: quay}
spec:
  access: {termination: edge, ingress: {className: nginx, tls: {secretName: quay-tls}}}
`;
const mistaken = 'SERVER_HOSTNAME: https://quay.example.com\nSESSION_TIMEOUT: 30 minutes\nFEATURE_MAILNG: true\n';
const right = 'SERVER_HOSTNAME: quay.example.com\nSESSION_TIMEOUT: 30m\n';
const s3 = `DISTRIBUTED_STORAGE_CONFIG:
  default: [S3Storage, {s3_bucket: quay, s3_region: eu-central-1, storage_path: /registry}]
DISTRIBUTED_STORAGE_PREFERENCE: [default]
DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS: [default]
`;

/** The story: faults are found before anything is applied, one resource becomes all objects, and an edit is put into words. */
export function registryStory(folder: string): readonly Step[] {
  const path = (name: string): string => join(folder, name);
  const on = (offers: 'openshift' | 'kubernetes'): RegistryOptions => ({
    file: [path('registry.yaml')],
    bundle: path('bundle'),
    offers,
    appsDomain: 'apps.example.com',
  });
  const configure = (text: string): Promise<void> => writeFile(path('bundle/config.yaml'), text);
  const files = '-f registry.yaml --bundle bundle --apps-domain apps.example.com';
  return [
    {
      heading: 'One resource describes a whole registry; its configuration has three mistakes',
      command: `quayside registry check ${files} --offers openshift`,
      play: async () => {
        await mkdir(path('bundle'));
        await writeFile(path('registry.yaml'), registry);
        await configure(mistaken);
        return check(on('openshift'), folder);
      },
    },
    {
      heading: 'Put right, it becomes every object of the registry; its Secrets go into a file of their own',
      command: `quayside registry render ${files} --offers openshift --secrets-to secrets.yaml > manifests.yaml`,
      play: async () => {
        await configure(right);
        return render({ ...on('openshift'), secretsTo: path('secrets.yaml') }, path('manifests.yaml'));
      },
    },
    {
      heading: 'Another session timeout: the plan says which pods restart, and why',
      command: `quayside registry plan ${files} --offers openshift --keys secrets.yaml --against manifests.yaml secrets.yaml`,
      play: async () => {
        await configure(right.replace('30m', '2h'));
        const against = [path('manifests.yaml'), path('secrets.yaml')];
        return plan({ ...on('openshift'), keys: path('secrets.yaml'), against });
      },
    },
    {
      heading: 'The same resource on plain Kubernetes: images lie in S3, and an Ingress ends TLS',
      command: `quayside registry plan ${files} --offers kubernetes --keys secrets.yaml --against manifests.yaml`,
      play: async () => {
        await writeFile(path('registry.yaml'), `${registry}${ingress}`);
        await configure(`${right}${s3}`);
        return plan({ ...on('kubernetes'), keys: path('secrets.yaml'), against: [path('manifests.yaml')] });
      },
    },
  ];
}

async function check(options: RegistryOptions, folder: string): Promise<string> {
  const { problems } = await openRegistry(options, {});
  return faultsAsText(problems).replaceAll(`${folder}/`, '');
}

async function render(options: RegistryOptions & { readonly secretsTo: string }, to: string): Promise<string> {
  const { manifests, secrets } = await renderRegistry(options, {});
  await writeFile(to, manifestsAsYaml(manifests));
  const counts = new Map<string, number>();
  for (const { kind } of manifests) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const mode = ((await stat(options.secretsTo)).mode & 0o777).toString(8);
  return [
    `manifests.yaml: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
    `secrets.yaml: ${secrets} Secret, mode 0${mode}`,
  ].join('\n');
}

async function plan(options: Parameters<typeof compareRegistry>[0]): Promise<string> {
  return changesAsText(await compareRegistry(options, {}));
}
