import { builtInNamespacesConfigurationName } from '../api/index.js';
import { type CertificateKeeper, certificateDefaults, createCertificateKeeper } from '../certs/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';

/** Renews or checks the certificates of the webhook; undefined where they are not managed. */
export function createCertificates(
  {
    client,
    log,
    metrics,
    repairs,
    settings,
    signal,
  }: Pick<Operator, 'client' | 'log' | 'metrics' | 'repairs' | 'settings' | 'signal'>,
  integrations: Pick<Integrations, 'all' | 'get' | 'report' | 'onChange'>,
): CertificateKeeper | undefined {
  const { certificates: flavour, certificateSecret, namespace } = settings;
  if (flavour === 'none') return undefined;
  const { service, authoritySecret, configuration } = certificateDefaults;
  const keeper: CertificateKeeper = createCertificateKeeper({
    client,
    log,
    repairs,
    options: {
      namespace,
      service,
      authoritySecret,
      certificateSecret,
      configurations: [configuration, builtInNamespacesConfigurationName],
      flavour,
    },
    mayWrite: () => !signal.aborted,
    onState: ({ leafNotAfter, caNotAfter }) => {
      const seconds = (time: number): number => Math.floor(time / 1000);
      const { certificateExpiryTimestampSeconds: expiry } = metrics;
      if (leafNotAfter !== undefined) expiry.set({ certificate: 'leaf' }, seconds(leafNotAfter));
      if (caNotAfter !== undefined) expiry.set({ certificate: 'authority' }, seconds(caNotAfter));
      for (const { integration } of integrations.all()) report(integration.metadata.name);
    },
  });
  const report = (name: string): void => {
    const state = keeper.state();
    if (state === undefined || integrations.get(name) === undefined) return;
    const { ready, reason, message } = state;
    integrations.report(name, { certificate: { ready, reason, message } });
  };
  // The certificates report only changes: an integration that comes later has missed them.
  integrations.onChange(report);
  return keeper;
}
