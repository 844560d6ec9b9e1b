import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';
import { wave } from '../parts/order.js';
import { podTemplate } from '../parts/pod.js';
import { type WorkloadProps } from '../parts/workload-props.js';

/**
 * The Job that makes the webhook's certificate where it is missing. Jobs cannot be changed, so its name carries a hash of its
 * content; Argo CD takes it as a hook, and removes it before the next one and when it is done.
 */
export class CertificateJob extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const template = podTemplate({
      ...props,
      component: 'certificates',
      serviceAccount: names.certificates,
      args: [
        'certs',
        '--flavour=job',
        `--service=${names.webhook}`,
        `--authority-secret=${names.authoritySecret}`,
        `--certificate-secret=${names.certificateSecret}`,
        `--webhook-configuration=${names.webhookConfiguration}`,
      ],
      more: { restartPolicy: 'OnFailure' },
    });
    const spec: k8s.JobSpec = { backoffLimit: 6, activeDeadlineSeconds: 600, template };
    const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 10);
    new k8s.KubeJob(this, 'Resource', {
      metadata: {
        name: `${names.certificates}-${hash}`,
        namespace: props.namespace,
        labels: componentLabels('certificates'),
        annotations: {
          ...wave('certificates'),
          'argocd.argoproj.io/hook': 'Sync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded',
        },
      },
      spec,
    });
  }
}
