import { type CertificateOptions } from './options.js';
import { type Step } from './plan.js';

/** A step in words: what was written, or what would be, and why. */
export function describeStep(step: Step, options: CertificateOptions, tense: 'past' | 'conditional' = 'past'): string {
  const { namespace, authoritySecret, certificateSecret } = options;
  const made = tense === 'past' ? 'Made' : 'Would make';
  switch (step.act) {
    case 'MakeAuthority':
      return `${made} an authority in the Secret ${namespace}/${authoritySecret}: ${step.why}.`;
    case 'MakeLeaf':
      return `${made} a certificate in the Secret ${namespace}/${certificateSecret}: ${step.why}.`;
    case 'StoreBundle':
      return `${tense === 'past' ? 'Wrote' : 'Would write'} whom to trust to the Secret ${namespace}/${certificateSecret}: ${step.why}.`;
    case 'Publish':
      return `${tense === 'past' ? 'Wrote' : 'Would write'} whom to trust to the MutatingWebhookConfiguration ${step.configuration}: ${step.why}.`;
  }
}
