import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { QuayIntegration, type QuayIntegrationProps } from '../constructs/quay-integration.js';
import { type Options } from '../options/schema.js';

/** The first object that somebody writes: which Quay, and where its token is. */
export class IntegrationExample extends Chart {
  constructor(scope: Construct, id: string, options: Options, over: Partial<QuayIntegrationProps> = {}) {
    super(scope, id, { disableResourceNameHashes: true });
    new QuayIntegration(this, 'integration', { ...integrationProps(options), ...over });
  }
}

/** What the options say of the integration. */
export function integrationProps(options: Options): QuayIntegrationProps {
  const { integration: name, clusterID, quayHostname, namespace, credentialsSecret } = options;
  const [secret = '', credentialsNamespace = namespace] = credentialsSecret.split('/').reverse();
  const insecure = quayHostname.startsWith('http://') ? { insecureRegistry: true } : {};
  const base = { name, clusterID, quayHostname, ...insecure, credentialsSecret: secret, credentialsNamespace };
  const { gitUrl, gitBranch, gitPath, gitSecret, gitForgeSecret, gitHookSecret, gitReview, gitSync } = options;
  if (gitUrl === undefined) return base;
  return {
    ...base,
    gitUrl,
    gitBranch,
    ...(gitPath !== undefined && { gitPath }),
    ...(gitSecret !== undefined && { gitSecret }),
    ...(gitForgeSecret !== undefined && { gitForgeSecret }),
    ...(gitHookSecret !== undefined && { gitHookSecret }),
    gitReview,
    gitSync,
  };
}
