import { type ClairModel } from '../model/workload.js';
import { type Context } from '../settings/context.js';
import { volumeOf } from './databases.js';
import { workload } from './pod.js';
import { certificateSources, proxy } from './quay.js';

/** Where Clair looks for authorities: the image's own, and what is mounted beside them. */
const authorityFolders = '/etc/ssl/certs:/etc/pki/tls/certs:/var/run/certs';

export function clairModel(context: Context): ClairModel {
  const { names, release, inputs } = context;
  const { files } = inputs.bundle;
  return {
    ...workload(context, {
      kind: 'clair',
      name: names.clair,
      part: 'clair-app',
      annotationPart: 'clair',
      serviceAccount: names.clair,
      image: release.images.clair,
      env: [
        { name: 'CLAIR_CONF', value: '/clair/config.yaml' },
        { name: 'CLAIR_MODE', value: 'combo' },
        { name: 'SSL_CERT_DIR', value: authorityFolders },
        ...proxy(context),
      ],
      resources: { requests: { cpu: '2000m', memory: '2Gi' }, limits: { cpu: '4000m', memory: '16Gi' } },
    }),
    service: names.clair,
    configSecret: names.clairSecret,
    hasUserConfig: inputs.bundle.clairConfig !== undefined,
    hasCertificate: files['clair-ssl.crt'] !== undefined && files['clair-ssl.key'] !== undefined,
    certificateSources: certificateSources(context),
    scratch: volumeOf(context, 'clair', '20Gi'),
  };
}
