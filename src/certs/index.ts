export { type Certificate, certificatesIn } from './certificate.js';
export { type CertificateErrand, runErrand } from './command.js';
export {
  type CertificateOutcome,
  ensureCertificates,
  type Patience,
  planCertificates,
  renewCertificates,
} from './ensure.js';
export { type CertificateKeeper, createCertificateKeeper, type KeeperOptions } from './keeper.js';
export {
  certificateDefaults,
  type CertificateLog,
  type CertificateOptions,
  type Flavour,
  fieldManager,
  flavours,
} from './options.js';
export { type Step } from './plan.js';
export { type Timing, type Witness } from './run-plan.js';
export { type CertificateState } from './state.js';
export {
  type ServingCertificate,
  watchCertificate,
  type WatchCertificateOptions,
  type WatchedCertificate,
} from './watch-certificate.js';
export { describeStep } from './words.js';
