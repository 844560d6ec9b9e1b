import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type LabelSelector, parseIntegration, type RepositoryRole } from '../../src/api/index.js';
import { installationLabels } from '../parts/labels.js';

/** A connection to Quay, made here or elsewhere. */
export interface IQuayIntegration extends IConstruct {
  /** Name of the object. */
  readonly integrationName: string;
}

/** One Quay, and which namespaces of this cluster it serves. The names are those of the object's fields. */
export interface QuayIntegrationProps {
  /**
   * Name of the object.
   * @default 'quay'
   */
  readonly name?: string;
  /** Address of Quay, as https://host[:port] or host[:port]. */
  readonly quayHostname: string;
  /** Name of the Secret with the token of Quay's API. */
  readonly credentialsSecret: string;
  /**
   * Namespace of that Secret.
   * @default 'quayside'
   */
  readonly credentialsNamespace?: string;
  /**
   * Key of the token inside that Secret.
   * @default 'token'
   */
  readonly credentialsKey?: string;
  /**
   * Prefix of the organizations and suffix of the pull secrets of this cluster.
   * @default 'openshift'
   */
  readonly clusterID?: string;
  /**
   * Accept any certificate of Quay. The only way to skip verification.
   * @default false
   */
  readonly insecureRegistry?: boolean;
  /**
   * Import the tags of image streams again on a schedule.
   * @default false
   */
  readonly scheduledImageStreamImport?: boolean;
  /**
   * Only these namespaces; may include built-in ones.
   * @default - all but the built-in ones
   */
  readonly allowlistNamespaces?: readonly string[];
  /**
   * Never these namespaces.
   * @default - none
   */
  readonly denylistNamespaces?: readonly string[];
  /**
   * Only namespaces with these labels, beside the two lists.
   * @default - whatever their labels
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Only image streams with these labels become repositories; builds into others are not pointed at Quay.
   * @default - whatever their labels
   */
  readonly imageStreamSelector?: LabelSelector;
  /**
   * Service accounts that get a robot, and its role; `*` for all others of a namespace.
   * @default - builder write, default read, deployer read; on a plain Kubernetes default read
   */
  readonly serviceAccounts?: readonly { readonly name: string; readonly role: RepositoryRole }[];
  /**
   * What happens to an organization whose namespace is gone.
   * @default 'Delete'
   */
  readonly deletionPolicy?: 'Delete' | 'Retain';
  /**
   * What happens to a repository whose image stream is gone.
   * @default 'Retain'
   */
  readonly repositoryDeletionPolicy?: 'Delete' | 'Retain';
  /**
   * Deletions allowed in a rolling hour, for organizations and for repositories each.
   * @default 10
   */
  readonly deletionLimit?: number;
  /**
   * Which existing organizations are adopted.
   * @default 'Predecessor'
   */
  readonly adoption?: 'Predecessor' | 'Always' | 'Never';
  /**
   * Address of new organizations, for a Quay that asks for one; `<organization>` is replaced.
   * @default - none
   */
  readonly organizationEmail?: string;
  /**
   * Remote state repository.
   * @default - the embedded one
   */
  readonly gitUrl?: string;
  /**
   * Branch that holds the state.
   * @default 'main'
   */
  readonly gitBranch?: string;
  /**
   * Folder inside the state repository.
   * @default - its root
   */
  readonly gitPath?: string;
  /**
   * Secret in the operator's namespace with the credentials of the state repository.
   * @default - none
   */
  readonly gitSecret?: string;
  /**
   * Secret in the operator's namespace with the token or App of the forge, for pull requests.
   * @default - the password of gitSecret
   */
  readonly gitForgeSecret?: string;
  /**
   * Secret in the operator's namespace that proves the webhooks of the forge.
   * @default - none are received
   */
  readonly gitHookSecret?: string;
  /**
   * Which changes wait for a pull request to be merged.
   * @default 'None'
   */
  readonly gitReview?: 'None' | 'Destructive' | 'All';
  /**
   * Who applies the documents to the cluster: Quayside, or Argo CD or Flux.
   * @default 'BuiltIn'
   */
  readonly gitSync?: 'BuiltIn' | 'External';
  /**
   * Only watch and report.
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Time between two resyncs with Quay; where its audit log can be read, only of what that shows to have changed.
   * @default '10m'
   */
  readonly interval?: string;
  /**
   * Time within which every organization is read again although Quay's audit log shows no change of it.
   * @default '6h'
   */
  readonly fullInterval?: string;
}

/** Connects one Quay with the namespaces of this cluster that it selects. */
export class QuayIntegration extends Construct implements IQuayIntegration {
  /** A connection that somebody else makes. */
  static fromIntegrationName(scope: Construct, id: string, integrationName: string): IQuayIntegration {
    return new (class extends Construct implements IQuayIntegration {
      readonly integrationName = integrationName;
    })(scope, id);
  }

  readonly integrationName: string;

  constructor(scope: Construct, id: string, props: QuayIntegrationProps) {
    super(scope, id);
    this.integrationName = props.name ?? 'quay';
    const object = {
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name: this.integrationName, labels: installationLabels },
      spec: specOf(props),
    };
    // Says at synth what the operator would say later.
    parseIntegration(object, this.node.path);
    new ApiObject(this, 'Resource', object);
  }
}

function specOf(props: QuayIntegrationProps): Readonly<Record<string, unknown>> {
  const { name: _, credentialsSecret, credentialsNamespace = 'quayside', credentialsKey, ...rest } = props;
  const { gitUrl: url, gitBranch: branch, gitPath: path, gitReview: review, gitSync: sync, ...more } = rest;
  const { gitSecret, gitForgeSecret, gitHookSecret, ...spec } = more;
  const [secretRef, token, proof] = [gitSecret, gitForgeSecret, gitHookSecret].map((name) => name && { name });
  const stated = present({ secretRef: token, webhook: proof && { secretRef: proof } });
  const forge = token || proof ? stated : undefined;
  const git = present({ url, branch, path, review, sync, secretRef, forge });
  return present({
    ...spec,
    credentialsSecret: present({ namespace: credentialsNamespace, name: credentialsSecret, key: credentialsKey }),
    git: Object.keys(git).length === 0 ? undefined : git,
  });
}

/** Only what is given: the operator fills in the defaults of its own version. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
