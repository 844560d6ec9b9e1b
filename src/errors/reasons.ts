/** Every reason that a condition, an error or a line of the command line can give, and what it means. */
export const reasons = {
  Synced: 'All that is declared is there.',
  Progressing: 'Changes are being applied.',
  NotSupported: 'This version does not support the value of this field.',
  NoEffect: 'A field is accepted for old objects, and changes nothing.',
  InvalidClusterID:
    'The cluster ID is empty, longer than 63 characters, or a placeholder or number of a template or guide.',
  InvalidHostname:
    'The address of Quay (quayHostname) is not a host, carries a path, or is http:// without insecureRegistry: true.',
  InvalidInput: 'The object does not match the schema; the message names the field.',
  CredentialsMissing: 'The Secret with the token is missing, or lacks the key.',
  CredentialsHostMismatch:
    'Nothing says that this Secret may be sent to this host; the message has the line that would allow it.',
  CredentialsRefused:
    'The Secret was made for something else (Git, certificates, documents), so nothing of it is sent.',
  SecretNotAllowed:
    'A document names a Secret that does not allow it; the message says what is missing, and how to allow it.',
  GitAnswerTooLong: 'The repository holds more than Quayside reads; git was stopped.',
  QuayUnreachable: 'Quay did not answer.',
  QuayUnavailable: 'Quay answers, but is temporarily unavailable.',
  TLSVerificationFailed: "Quay's certificate is not signed by a trusted authority, or names another host.",
  TokenRejected: 'Quay rejects the token: it is wrong, expired or revoked, or its owner is disabled.',
  ScopeMissing: 'The token lacks a scope; the message names it.',
  PermissionDenied: 'The owner of the token lacks the permission.',
  RateLimited: 'Quay limits the rate of calls.',
  NotOrganizationAdmin:
    "The token's owner is not an administrator of the organization, so Quay shows only its public side.",
  OrganizationNotOurs: 'The organization exists without our ownership marker: nothing is written.',
  OwnershipUncertain:
    'The organization is perhaps another one than ours: nothing is written, and no token is handed out, until a person agrees to the list.',
  OwnedElsewhere:
    'The mark of the organization names somebody else, or nobody could have signed it: nothing is written.',
  OwnershipKeyMissing:
    'There is no key to sign ownership with: nothing is created, adopted, removed or deleted. Restore it, or make one; the message says how.',
  OwnershipNotVerified: 'No public key was given, so nothing says whether marks and inventories are ours.',
  NamespaceReplaced:
    'The namespace was made again by somebody else under its name: nothing is written, and no token is handed out, until a person agrees.',
  AdoptionPending:
    'The namespace shows a predecessor, but people own the organization: it is left alone until a person agrees to the list.',
  OrganizationGone: 'The organization no longer exists.',
  FeatureDisabled: 'The feature is disabled in Quay, or this Quay is too old for it.',
  QuayRefused: 'Quay refuses a value; the message says which, or is from Quay.',
  QuayIgnored: 'Quay answers that it made a change, and leaves it as it was; it is tried again once in a while.',
  UnexpectedAnswer: 'Quayside does not understand the answer of Quay.',
  AuditLogDoubted:
    "Quay's audit log is not relied on, so every organization is read at each interval; the message says why.",
  NamespaceDenied: 'The namespace is on the deny list.',
  NamespaceBuiltIn: 'The namespace belongs to the platform, and no allow list includes it.',
  NamespaceNotAllowed: 'There is an allow list, and the namespace is not on it.',
  LabelsDoNotMatch: "The namespace's labels do not match the namespace selector.",
  NamespaceNotReady: 'OpenShift has not finished setting up the project.',
  Ignored: 'The file ignore.yaml lists it.',
  UserManaged: 'A person maintains the document in the state repository: it is applied as it is.',
  LimitExceeded: 'There is more than one organization can hold; what came last is left out.',
  NamespaceNotSelected: 'A document names a namespace that its integration does not select.',
  OverlayInvalid: 'An overlay cannot be read, changes what it may not, or is for nobody.',
  DocumentInvalid: 'A document states what it may not: the name or the pull secrets of something else.',
  Conflict: 'Two objects declare the same; the message names both.',
  DeletionHeld: 'More deletions are pending than the limit allows; nothing is deleted until a person agrees.',
  ClusterChanged: 'The state repository belongs to another cluster.',
  HistoryDiverged:
    'The last applied commit is not in the history of the branch, or what people had written there by then is gone as a whole.',
  InstallationDuplicated:
    'Another installation with the identity of this one writes to the same state repository; nothing is removed until a person agrees.',
  NoStateRepository: 'There is no state repository to write to.',
  PushContended: 'Other writers kept pushing to the branch; gave up after several attempts.',
  PushDenied: 'The remote rejects the push.',
  StateInvalid: 'A file in the state repository cannot be read; the message says where.',
  Reverted: 'A person reverted a change of Quayside in the state repository; it is not made again.',
  InputUnknown: 'A list could not be read, so documents may only grow.',
  NamespaceGone: 'The namespace is terminating or gone.',
  NamespaceExists: 'The namespace exists, so its organization is not deleted.',
  Retained: 'The deletion policy is Retain.',
  IntegrationGone: 'The integration that it belongs to no longer exists.',
  Interrupted: 'The command was interrupted; the output lists what was done and what was not.',
  DryRun: 'It is a dry run: nothing is written.',
  Suspended: 'The integration is suspended: nothing is written.',
  ForeignRobots: "Quay's wildcard would also delete robots of other organizations.",
  ImmutableField: 'Quay cannot change this field after creation.',
  PreservedOnAdoption: 'It existed before the organization was adopted, and is never narrowed.',
  NameReserved: 'The name is reserved for Quayside or for Quay.',
  ProxyInvalid: 'HTTPS_PROXY or HTTP_PROXY is not the address of a proxy that can be used.',
  CertificateAuthorityInvalid: 'The certificate authority cannot be read, or holds no certificate.',
  ClusterUnreachable: "The cluster's API server did not answer.",
  ClusterUnavailable: "The cluster's API server answers, but is temporarily unavailable.",
  ClusterLoginRejected: 'The API server does not accept the login of the kubeconfig.',
  ClusterAccessForbidden: 'The account lacks a right in the cluster; the message names it.',
  QuotaExceeded: 'A resource quota of the namespace is full; the message names it.',
  RefusedByPolicy:
    'An admission policy, webhook or plugin of the cluster refuses the object; the message has its words.',
  ClusterAnswerUnexpected: 'Quayside does not understand the answer of the API server.',
  GitMissing: 'There is no git to run, or it is too old.',
  GitUnreachable: 'The host of the state repository did not answer.',
  GitUnavailable: 'The host of the state repository answers, but is temporarily unavailable.',
  GitAuthenticationFailed: 'The host of the state repository does not accept the credentials.',
  GitCredentialsInvalid: 'The credentials for the state repository are invalid.',
  GitRepositoryNotFound: 'The repository does not exist, or the credentials do not show it.',
  GitBranchMissing: 'The state repository has branches, and not the one that is named; the message has its default.',
  GitRepositoryCorrupt: 'The state repository is damaged.',
  GitRedirected: 'The state repository has moved; redirects are not followed.',
  GitBusy: 'Another process holds a lock in the state repository.',
  GitFormatUnsupported: 'The state repository uses a format that Quayside does not know.',
  GpgMissing: 'GnuPG is not installed, or not on the PATH.',
  SignatureRejected:
    'A commit is not signed by a key that is allowed: it is not applied, and the last one that is stays.',
  GitFailed: "Git failed for an unknown reason; the message is git's own.",
  NoForge: 'Changes are to be reviewed, and the state repository is on no forge that has pull requests.',
  ForgeNotSupported: 'The state repository is on a forge where Quayside cannot open pull requests.',
  ForgeUnknown: 'Which forge the state repository is on is unknown, or it answers like another than is stated.',
  ForgeAuthenticationFailed: 'The forge does not accept the token.',
  ForgePermissionMissing: 'The token for the forge lacks a permission; the message names it.',
  ForgeRepositoryNotFound: 'The forge does not have the repository, or hides it from the token.',
  ForgeRateLimited: 'The forge limits the rate of calls; the message says until when.',
  ForgeUnavailable: 'The forge did not answer, or is temporarily unavailable.',
  ForgeMoved: 'The repository has moved on the forge; redirects are not followed.',
  ForgeRefused: "The forge refuses a call; the message is the forge's own.",
  RepositoryArchived: 'The repository is archived on the forge, so it is read-only.',
  ProposalExists: 'There is a pull request from this branch already; it is looked for again.',
  ProposalUnseen: 'The forge does not see the branch of the proposal yet; it is tried again.',
  ProposalBranchBlocked: 'A branch of the repository has the name of a folder that the branch of the proposal needs.',
  ProposalBranchProtected: 'The forge protects the branch of the proposal, so it cannot be brought up to date.',
  ProposalQueued: 'The pull request waits in a merge queue; it is left alone until it is merged or taken out.',
  ProposalOpen: 'A pull request waits for people.',
  ProposalMerged: 'A pull request was merged, so that what it proposed is applied.',
  WebhookSilent: 'A merge was found by polling, and no delivery of the webhook of the forge told of it.',
  ForgeTokenExpiring: 'The token for the forge ends within two weeks; the message says when.',
  ProposalDeclined: 'People closed the pull request: the same is not proposed again until they say so.',
  ProposalEdited: 'Somebody else has a commit on the branch of the proposal: nothing is pushed over it.',
  ProposalForeign: 'Somebody else has a pull request from the branch of the proposal: it is left alone.',
  BaseMissing:
    'The branch of the state repository does not exist, and pushing to it is refused: a person has to make it.',
  HostKeyRejected: 'The host key of the state repository is not the one that is known.',
  InvalidGitUrl: 'The URL of the state repository cannot be used; the message says why.',
  StateRepositoryUnwritable: 'The folder of the state repository cannot be written.',
  DiskFull: 'There is no space left on the disk.',
  FileAccessDenied: 'The system does not let this user read or write a file; the message names it.',
  OutOfMemory: 'There is not enough memory.',
  UnsafePath: 'A path leaves the folder of the state, or cannot be a file.',
  ListenFailed: 'The listen address is in use, or may not be used.',
  InvalidLogLevel: 'The log level does not exist.',
  InvalidOptions: 'An option of the manifests does not exist or has a wrong value; the message names it.',
  InternalFault: 'Quayside met a fault of its own; its log has the details.',
  Contended: 'Somebody else undoes what we write, again and again; it is put right later and later.',
  SimulatorMissing: "The simulator is not part of the operator's image.",
  PullSecretRecreated: 'A pull secret was deleted and has been created again.',
  PullSecretRemoved:
    'A pull secret whose robot is no longer in the spec was unlinked from its service accounts and deleted.',
  OperatorRunning: 'An operator is running; the command would conflict with it.',
  FinalizerRemoved: "A predecessor's finalizer was removed from a namespace.",
  CertificateValid: 'The certificate of the webhook is valid, and the API server trusts it.',
  CertificateMissing: 'There is no Secret with the certificate of the webhook, or it is empty.',
  CertificateInvalid: 'The certificate of the webhook cannot be used: unreadable, another key, or other names.',
  CertificateExpired: 'The certificate of the webhook has expired, or is not valid yet.',
  CertificateExpiring: 'The certificate of the webhook is about to expire, and nobody has renewed it.',
  CertificateNotTrusted: 'A webhook configuration does not trust the CA that signed the certificate (caBundle).',
  CertificateAuthorityUnusable: 'The CA in its Secret cannot sign certificates for the webhook.',
  CertificatesUnknown: 'The certificates of the webhook could not be read or written; the message says why.',
  WebhookConfigurationMissing: 'There is no MutatingWebhookConfiguration of that name.',
  ImportFailed: 'The image of a build could not be imported into its image stream; the message says why.',
  ImportMissed: 'Quay got an image while no operator ran, and its build is gone: the message says how to import it.',
  ImageStreamGone: 'The image stream that a build was for is gone, so its image is not imported.',
  ImageDestinationChanged:
    'A build pushed its image to an address that the integration no longer uses; it is not imported.',
  BuildNotRewritten: 'A build ran with its own output although its namespace is connected to Quay.',
  PushSecretMissing:
    'A build that is pointed at Quay waits for its push secret; the message says why that is not there.',
  BuildCancelled: 'A build was cancelled, since the push secret that it waited for will never come.',
} as const;

/** The code of an error and the reason of a condition are of one closed vocabulary, with that of the command line in it. */
export type Reason = keyof typeof reasons;

/**
 * The reasons for which an organization is somebody else's as far as we know. `true`: that is how it stays, unless its owner does
 * something; `false`: a person may agree that it is ours.
 */
const foreign: ReadonlyMap<string, boolean> = new Map<Reason, boolean>([
  ['OrganizationNotOurs', true],
  ['OwnedElsewhere', true],
  ['OwnershipUncertain', false],
  ['NamespaceReplaced', false],
  ['AdoptionPending', false],
]);

/** Whether the reason of a condition says that an organization is not ours as far as we know: no token goes out, no build is pointed there. */
export function isForeign(reason: unknown): boolean {
  return typeof reason === 'string' && foreign.has(reason);
}

/** Whether it says so for good. */
export function isForeignForGood(reason: unknown): boolean {
  return typeof reason === 'string' && foreign.get(reason) === true;
}

/** Whether a text that came from elsewhere, a status above all, is of the vocabulary. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}
