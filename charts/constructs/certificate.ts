import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';
import { wave } from '../parts/order.js';

/** Where the certificate goes. */
export interface CertificateProps {
  /** Namespace of the webhook. */
  readonly namespace: string;
}

/** The webhook's certificate as an order to cert-manager, signed by a CA that is created for it alone. */
export class Certificate extends Construct {
  constructor(scope: Construct, id: string, { namespace }: CertificateProps) {
    super(scope, id);
    const order = (child: string, kind: string, name: string, spec: object): ApiObject =>
      new ApiObject(this, child, {
        apiVersion: 'cert-manager.io/v1',
        kind,
        metadata: {
          name,
          namespace,
          labels: componentLabels('webhook'),
          annotations: wave('certificates'),
        },
        spec,
      });
    const privateKey = { algorithm: 'ECDSA', size: 256 };
    const signedBy = (name: string): object => ({ issuerRef: { name, kind: 'Issuer' } });
    const host = `${names.webhook}.${namespace}.svc`;

    order('self-signed', 'Issuer', selfSigned, { selfSigned: {} });
    order('authority', 'Certificate', names.authoritySecret, {
      isCA: true,
      commonName: names.authoritySecret,
      secretName: names.authoritySecret,
      duration: '43800h0m0s',
      privateKey,
      ...signedBy(selfSigned),
    });
    order('issuer', 'Issuer', names.webhook, { ca: { secretName: names.authoritySecret } });
    order('Resource', 'Certificate', names.webhook, {
      secretName: names.certificateSecret,
      dnsNames: [host, `${host}.cluster.local`],
      duration: '2160h0m0s',
      privateKey: { ...privateKey, rotationPolicy: 'Always' },
      usages: ['server auth', 'digital signature'],
      ...signedBy(names.webhook),
    });
  }
}

const selfSigned = `${names.webhook}-self-signed`;
