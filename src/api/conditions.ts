import * as z from 'zod';

export const condition = z
  .strictObject({
    type: z.string().meta({ description: 'What is judged: Ready, Reconciling, Stalled or another.' }),
    status: z.enum(['True', 'False', 'Unknown']).meta({ description: 'The judgement.' }),
    reason: z.string().meta({ description: 'One word of the documented vocabulary.' }),
    message: z.string().default('').meta({ description: 'The same for a person.' }),
    observedGeneration: z.int().optional().meta({ description: 'Generation that it speaks of.' }),
    lastTransitionTime: z.string().meta({ description: 'When the status last changed.' }),
  })
  .meta({ description: 'One condition, as the Kubernetes API conventions describe it.' });

export type Condition = z.infer<typeof condition>;

/** The conditions of an object, one of each type. */
export const conditions = z
  .array(condition)
  .optional()
  .meta({
    description: 'Ready, Reconciling, Stalled and others, with a reason of the documented vocabulary.',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  });

/** Every reason that a condition, an error or a line of the command line can give, and what it means. */
export const reasons = {
  InStep: 'All that is stated is there.',
  Progressing: 'It is being worked on.',
  NotSupported: 'This field asks for something that this version cannot do.',
  NoEffect: 'A field is accepted for old objects, and changes nothing.',
  InvalidClusterID: 'The cluster ID is empty or longer than 63 characters.',
  InvalidHostname:
    'The address of Quay (quayHostname) is not a host, carries a path, or is http:// without insecureRegistry: true.',
  InvalidInput: 'What was written does not fit the schema; the message names the field.',
  CredentialsMissing: 'The Secret with the token is missing, or lacks the key.',
  CredentialsHostMismatch:
    'Nothing says that this Secret may be sent to this host; the message has the line that would allow it.',
  CredentialsRefused:
    'The Secret was made for something else (Git, certificates, documents), so nothing of it is sent.',
  SecretNotAllowed:
    'A document names a Secret that does not allow it; the message says what is missing, and how to allow it.',
  QuayUnreachable: 'No answer from Quay.',
  QuayUnavailable: 'Quay answers, but cannot serve at the moment.',
  TLSVerificationFailed: "Quay's certificate is not signed by a trusted authority, or names another host.",
  TokenRejected: 'Quay does not accept the token: wrong, expired, revoked, or its owner is disabled.',
  ScopeMissing: 'The token lacks a scope; the message names it.',
  PermissionDenied: 'The token works, but its owner may not do this.',
  RateLimited: 'Quay asks for slower calls.',
  NotOrganizationAdmin:
    "The token's owner is not an administrator of the organization, so Quay shows only its public side.",
  OrganizationNotOurs: 'The organization exists and carries no mark of ours: nothing is written.',
  OrganizationGone: 'The organization is no longer there.',
  FeatureDisabled: 'Quay has this feature switched off, or is too old for it.',
  QuayRefused: 'Quay refused a value; the message is its own.',
  UnexpectedAnswer: 'Quay answered something that Quayside does not understand.',
  NamespaceDenied: 'The namespace is on the deny list.',
  NamespaceBuiltIn: 'The namespace belongs to the platform, and no allow list brings it back.',
  NamespaceNotAllowed: 'There is an allow list, and the namespace is not on it.',
  LabelsDoNotMatch: "The namespace's labels do not fit the namespace selector.",
  NamespaceNotReady: 'OpenShift has not finished setting up the project.',
  Ignored: 'The file ignore.yaml says to leave it alone.',
  PersonsDocument: "The document in the state repository is a person's: it is applied as it is.",
  NamespaceNotSelected: 'A document names a namespace that its integration does not select.',
  OverlayInvalid: 'An overlay cannot be read, changes what it may not, or is for nobody.',
  DocumentInvalid: 'A document states what it may not: the name or the pull secrets of something else.',
  Conflict: 'Two claims for one thing; the message names both.',
  DeletionHeld: 'More deletions than the limit allows; nothing is deleted until somebody agrees.',
  ClusterChanged: 'The state repository belongs to another cluster.',
  HistoryDiverged:
    'The last applied commit is not in the history of the branch, or what people had written there by then is gone as a whole.',
  NoStateRepository: 'There is no state repository to write to.',
  PushContended: 'Others kept pushing to the branch; gave up after several tries.',
  PushDenied: 'The remote does not let us push.',
  StateInvalid: 'A file in the state repository cannot be read; the message says where.',
  Reverted: 'Somebody took a change of ours back in the state repository; it is not made again.',
  InputUnknown: 'A list could not be read, so documents may only grow.',
  NamespaceGone: 'The namespace is terminating or gone.',
  NamespaceExists: 'The namespace is still there, so its organization is not deleted.',
  Retained: 'The deletion policy says that it stays in Quay.',
  IntegrationGone: 'The integration that it belongs to is no longer there.',
  Interrupted: 'Somebody stopped the command; what was done and what was not is told.',
  Suspended: 'The integration is suspended: nothing is written.',
  ForeignRobots: "Quay's wildcard would delete robots of other organizations along with this one.",
  CannotBeChanged: 'Quay has no way to change this once it is made.',
  AdoptedAsFound: 'It was there before the organization was taken over, and is never narrowed.',
  NameReserved: 'The name is kept for Quayside or for Quay itself.',
  CertificateAuthorityInvalid: 'The certificate authority cannot be read, or holds no certificate.',
  ClusterUnreachable: "No answer from the cluster's API server.",
  ClusterUnavailable: "The cluster's API server answers, but cannot serve at the moment.",
  ClusterLoginRejected: 'The API server does not accept the login of the kubeconfig.',
  ClusterAccessForbidden: 'The user of the kubeconfig may not read this; the message names it.',
  ClusterAnswerUnexpected: 'The API server answered something that Quayside does not understand.',
  GitMissing: 'There is no git to run, or it is too old.',
  GitUnreachable: 'No answer from the host of the state repository.',
  GitUnavailable: 'The host of the state repository answers, but cannot serve at the moment.',
  GitAuthenticationFailed: 'The host of the state repository does not accept the credentials.',
  GitCredentialsInvalid: 'The credentials for the state repository cannot be used as they are.',
  GitRepositoryNotFound: 'There is no such repository, or the credentials do not show it.',
  GitRepositoryCorrupt: 'The state repository is damaged.',
  GitRedirected: 'The state repository has moved; redirects are not followed.',
  GitBusy: 'Another process holds a lock in the state repository.',
  GitFormatUnsupported: 'The state repository uses a format that Quayside does not know.',
  GitFailed: "Git failed in a way that nobody foresaw; the message is git's own.",
  HostKeyRejected: 'The host key of the state repository is not the one that is known.',
  InvalidGitUrl: 'The URL of the state repository cannot be used; the message says why.',
  StateRepositoryUnwritable: 'The folder of the state repository cannot be written.',
  DiskFull: 'There is no space left on the disk.',
  OutOfMemory: 'There is not enough memory.',
  UnsafePath: 'A path leaves the folder of the state, or cannot be a file.',
  CannotListen: 'The address to listen at is taken, or may not be used.',
  InvalidLogLevel: 'There is no such level of the log.',
  Contended: 'Somebody else undoes what we write, again and again; it is put right later and later.',
  SimulatorMissing: "The simulator is not part of the operator's image.",
  PullSecretRepaired: 'A pull secret that somebody had deleted has been written again.',
  PullSecretRemoved:
    'A pull secret whose robot is no longer stated has been taken off its service accounts and deleted.',
  OperatorRunning: 'An operator is at work; what is asked for would get in its way.',
  FinalizerRemoved: "A predecessor's finalizer has been taken off a namespace.",
  CertificateValid: 'The certificate of the webhook can be used, and the API server trusts it.',
  CertificateMissing: 'There is no Secret with the certificate of the webhook, or it is empty.',
  CertificateInvalid: 'The certificate of the webhook cannot be used: unreadable, another key, or other names.',
  CertificateExpired: 'The certificate of the webhook has expired, or is not good yet.',
  CertificateExpiring: 'The certificate of the webhook is about to expire, and nobody has renewed it.',
  CertificateNotTrusted: 'A webhook configuration does not trust whoever signed the certificate (caBundle).',
  CertificateAuthorityUnusable: 'The authority in its Secret cannot sign certificates for the webhook.',
  CertificatesUnknown: 'The certificates of the webhook could not be read or written; the message says why.',
  WebhookConfigurationMissing: 'There is no MutatingWebhookConfiguration of that name.',
  ImportFailed: 'The image of a build could not be imported into its image stream; the message says why.',
  ImageStreamGone: 'The image stream that a build was for is gone, so its image is not imported.',
  ImageElsewhere: 'A build pushed its image to where the integration no longer points; it is not imported.',
  BuildNotRewritten: 'A build ran with its own output although its namespace is connected to Quay.',
  PushSecretMissing:
    'A build that is pointed at Quay waits for its push secret; the message says why that is not there.',
  BuildCancelled: 'A build was cancelled, since the push secret that it waited for will never come.',
} as const;

export type Reason = keyof typeof reasons;
