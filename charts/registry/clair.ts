import { Construct } from 'constructs';
import { type ClairModel } from '../../src/registry/index.js';
import { configMaps, type Mounted, secrets } from './parts/pod.js';
import { type RegistryProps } from './parts/registry-props.js';
import { addService } from './parts/service.js';
import { addDeployment, addServiceAccount } from './parts/workload.js';

/** The scanner. */
export interface ClairProps extends RegistryProps, ClairModel {}

/** Clair: its ServiceAccount, its Service and its Deployment. */
export class Clair extends Construct {
  constructor(scope: Construct, id: string, props: ClairProps) {
    super(scope, id);
    const { component, serviceAccount, service, selector } = props;
    addServiceAccount(this, props, component, serviceAccount);
    addService(this, 'service', props, {
      name: service,
      component,
      labels: selector,
      selector,
      ports: [
        { name: 'clair-http', port: 80, targetPort: 8080 },
        { name: 'clair-introspection', port: 8089 },
      ],
    });
    addDeployment(
      this,
      props,
      {
        name: 'clair-app',
        ports: [
          { name: 'clair-http', containerPort: 8080, protocol: 'TCP' },
          { name: 'clair-intro', containerPort: 8089, protocol: 'TCP' },
        ],
        probes,
        ...join(configuration(props), certificates(props), scratch(props)),
      },
      { wave: 'application' },
    );
  }
}

const probes = {
  // The first start fills a database, which takes most of an hour.
  startupProbe: { tcpSocket: { port: 'clair-intro' }, periodSeconds: 10, failureThreshold: 300 },
  readinessProbe: { tcpSocket: { port: 8080 } },
  livenessProbe: { httpGet: { path: '/healthz', port: 'clair-intro' } },
};

function join(...parts: readonly Mounted[]): Mounted {
  return {
    volumes: parts.flatMap(({ volumes }) => volumes),
    volumeMounts: parts.flatMap(({ volumeMounts }) => volumeMounts),
  };
}

function configuration({ configSecret: secretName, hasUserConfig, hasCertificate }: ClairProps): Mounted {
  const file = (path: string): object => ({
    name: 'config',
    mountPath: `/clair/${path}`,
    subPath: path.slice(path.lastIndexOf('/') + 1),
  });
  return {
    volumes: [{ name: 'config', secret: { secretName } }],
    volumeMounts: [
      file('config.yaml'),
      ...(hasUserConfig ? [file('config.yaml.d/01_user_config.yaml')] : []),
      ...(hasCertificate ? [file('clair-ssl.crt'), file('clair-ssl.key')] : []),
    ],
  };
}

function certificates({ certificateSources: sources }: ClairProps): Mounted {
  const { extraCaSecret, tlsSecret, serviceCaConfigMap, trustedCaConfigMap } = sources;
  return {
    volumes: [
      {
        name: 'certificates',
        projected: {
          sources: [
            ...secrets(extraCaSecret),
            ...secrets(tlsSecret),
            ...configMaps(serviceCaConfigMap),
            ...configMaps(trustedCaConfigMap),
          ],
        },
      },
    ],
    volumeMounts: [{ name: 'certificates', mountPath: '/var/run/certs' }],
  };
}

function scratch({ scratch: { size, storageClassName } }: ClairProps): Mounted {
  const spec = {
    accessModes: ['ReadWriteOnce'],
    ...(storageClassName !== undefined && { storageClassName }),
    resources: { requests: { storage: size } },
  };
  return {
    volumes: [{ name: 'indexer-layer-storage', ephemeral: { volumeClaimTemplate: { spec } } }],
    volumeMounts: [{ name: 'indexer-layer-storage', mountPath: '/var/tmp' }],
  };
}
