import { existsSync } from 'node:fs';
import { type Unknown } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { roleOfOthers } from '../desired/index.js';
import { selectorsOf, integrationFromFile, openConnection, selectIntegration } from '../integration/index.js';
import { type Cluster, clusterFromFiles, clusterFromKubeconfig } from '../kube/index.js';
import { clusterId } from '../names/index.js';
import { connectQuay, type Quay } from '../quay/index.js';
import { type Configuration } from '../process/configuration.js';
import { credentialsRuleOf } from '../pipeline/credential-uses.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Inputs, type KnownCluster } from '../pipeline/inputs.js';

/** Opens cluster and integration. A command that needs no cluster can do with what the integration's file says. */
export async function openInputs(
  options: InputOptions,
  { environment }: Pick<Configuration, 'environment'>,
  needs: { readonly cluster: boolean } = { cluster: true },
): Promise<Inputs> {
  const file = isFile(options.integration) ? options.integration : undefined;
  if (file === '-' && options.cluster?.includes('-') === true) {
    throw new TerminalError('InvalidInput', 'cluster and integration cannot both be read from the standard input', {
      hint: 'Give one of them as a file, or pipe both in as one and leave --integration out.',
    });
  }
  const cluster = await openCluster({ ...options, environment }, !needs.cluster && file !== undefined);
  const found =
    file === undefined
      ? selectIntegration(await cluster.integrations(), options.integration, cluster.description)
      : await integrationFromFile(file);
  const integration =
    options.adoption === undefined ? found : { ...found, spec: { ...found.spec, adoption: options.adoption } };
  return { cluster, integration, id: clusterId(integration.spec.clusterID) };
}

/** Reads the cluster; one that does not show its kube-system has to be named by its UID. */
export async function readCluster({ cluster, integration }: Inputs): Promise<KnownCluster> {
  const snapshot = await cluster.snapshot({ serviceAccounts: roleOfOthers(integration.spec) !== undefined });
  if (snapshot.uid === undefined) {
    const { namespaces } = snapshot;
    if (!namespaces.known && namespaces.code !== undefined) throw unreadable(namespaces);
    throw new TerminalError(
      'InputUnknown',
      `${cluster.description} does not hold the namespace kube-system, whose UID names the cluster`,
      {
        hint: 'Dump all namespaces (oc get ns,sa,is -A -o yaml), or give --cluster-uid.',
      },
    );
  }
  const others = (await cluster.integrations()).filter(({ metadata }) => metadata.name !== integration.metadata.name);
  return {
    snapshot: { ...snapshot, uid: snapshot.uid },
    selectors: selectorsOf([...others, integration]),
    allIntegrationsKnown: false,
  };
}

/** What kept the namespaces from being read is what has to be mended. */
function unreadable({ code = 'InputUnknown', reason, hint }: Unknown): TerminalError {
  return new TerminalError(code, reason, hint === undefined ? {} : { hint });
}

/** Connects to the integration's Quay; nothing is sent yet. */
export async function openQuay(
  { cluster, integration }: Inputs,
  options: InputOptions,
  configuration: Configuration,
): Promise<Quay> {
  const sources = {
    tokenFile: options.tokenFile,
    token: configuration.quayToken,
    environment: configuration.environment,
    certificateAuthorityFile: options.caFile,
    secrets: { store: cluster, rule: () => credentialsRuleOf(cluster, options) },
  };
  return connectQuay(await openConnection(integration, sources).catch(withTokenHint));
}

/** At a command line a Secret is not the only way to give a token. */
function withTokenHint(error: unknown): never {
  const isAboutCredentials = error instanceof TerminalError && error.code.startsWith('Credentials');
  if (!isAboutCredentials) throw error;
  const more = 'A token is also taken from QUAYSIDE_QUAY_TOKEN and --token-file.';
  // A line to be copied comes last.
  const hint = error.code === 'CredentialsMissing' ? [error.hint, more] : [more, error.hint];
  throw new TerminalError(error.code, error.message, { hint: hint.filter(Boolean).join(' '), cause: error.cause });
}

type ClusterOptions = InputOptions & Pick<Configuration, 'environment'>;

async function openCluster(options: ClusterOptions, optional: boolean): Promise<Cluster> {
  const { cluster, clusterUid: uid, kubeconfig, context, environment } = options;
  if (cluster !== undefined) return clusterFromFiles(cluster, uid === undefined ? {} : { uid });
  const isLive = kubeconfig !== undefined || context !== undefined || (!optional && uid === undefined);
  if (!isLive) return clusterFromFiles([], uid === undefined ? {} : { uid });
  return clusterFromKubeconfig({
    environment,
    ...(kubeconfig && { kubeconfig }),
    ...(context && { context }),
    ...(uid && { uid }),
  });
}

function isFile(integration: string | undefined): integration is string {
  return integration !== undefined && (/[/\\]|\.(ya?ml|json)$|^-$/.test(integration) || existsSync(integration));
}
