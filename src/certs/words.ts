import { type CertificateOptions } from './options.js';
import { type Step } from './plan.js';

/** A step in words: what was written, or what would be, and why. */
export function describeStep(step: Step, options: CertificateOptions, tense: 'past' | 'conditional' = 'past'): string {
  const { namespace, authoritySecret, certificateSecret } = options;
  const made = tense === 'past' ? 'Made' : 'Would make';
  switch (step.act) {
    case 'MakeAuthority':
      return `${made} a CA in the Secret ${namespace}/${authoritySecret}: ${step.why}.`;
    case 'MakeLeaf':
      return `${made} a certificate in the Secret ${namespace}/${certificateSecret}: ${step.why}.`;
    case 'StoreBundle':
      return `${tense === 'past' ? 'Wrote' : 'Would write'} the CA bundle to the Secret ${namespace}/${certificateSecret}: ${step.why}.`;
    case 'Publish':
      return `${tense === 'past' ? 'Wrote' : 'Would write'} the CA bundle to the MutatingWebhookConfiguration ${step.configuration}: ${step.why}.`;
  }
}
