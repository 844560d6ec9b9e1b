import { archivedRepository, type Reason } from '../errors/index.js';
import { limits } from '../limits/index.js';

/** What some words of git mean. */
export interface Rule {
  readonly when: RegExp;
  readonly code: Reason;
  readonly retry?: true;
  readonly message: (where: string) => string;
  readonly hint?: string;
}

/** What to use instead of a repository in another format. */
export const formatHint =
  'Use a repository with SHA-1 object names and no extensions (`git init --object-format=sha1`).';

/** The first that matches what git said decides. */
export const gitErrorRules: readonly Rule[] = [
  {
    when: /spawn git ENOENT|git: (?:command )?not found/,
    code: 'GitMissing',
    message: () => 'git is not installed, or not on the PATH',
    hint: 'Install git 2.30 or newer.',
  },
  {
    when: /spawn (?:E2BIG|EAGAIN|ENOMEM)|Cannot allocate memory|out of memory|fork: Resource/i,
    code: 'OutOfMemory',
    retry: true,
    message: (where) =>
      `git needs more memory for ${where} than there is, or than the ${mebibytes(limits.gitMemory)} it may have`,
  },
  {
    when: /File too large/,
    code: 'GitAnswerTooLong',
    message: (where) =>
      `${where} is larger than the ${mebibytes(limits.gitPack)} that are fetched, or than a file of this process may be`,
    hint: 'Keep the state in a repository of its own, or on a branch that was begun anew.',
  },
  {
    when: /No space left on device|Disk quota exceeded|Out of disk ?space|write error: disk full|ENOSPC|EDQUOT|EFBIG/i,
    code: 'DiskFull',
    retry: true,
    message: (where) => `the disk is full while working on ${where}`,
    hint: 'Make room on the volume that holds the repository or its copy.',
  },
  {
    when: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed|host key is known/i,
    code: 'HostKeyRejected',
    message: (where) => `the host key of ${where} is not the one in known_hosts`,
    hint: 'Compare the key with what the host publishes; then correct the known hosts of the credentials.',
  },
  {
    when: /Load key .{0,300}(?:invalid format|error in libcrypto|incorrect passphrase)|Couldn't load public key|incorrect passphrase/i,
    code: 'GitCredentialsInvalid',
    message: () => 'the SSH key cannot be read',
    hint: 'The key must be a private key in PEM or OpenSSH format without a passphrase.',
  },
  {
    when: /No user exists for uid/i,
    code: 'GitCredentialsInvalid',
    message: () => 'ssh does not run, since the user of this process has no entry in /etc/passwd',
  },
  {
    when: /dubious ownership/i,
    code: 'StateRepositoryUnwritable',
    message: (where) => `${where} belongs to another user, and git does not work in the folder of somebody else`,
    hint: 'Run as the owner of the folder, or give it to the user of this process with chown -R.',
  },
  {
    when: /certificate (?:problem|verif|has expired|subject)|server certificate|self[- ]signed certificate|local issuer certificate|SSL routines|gnutls_handshake|error setting certificate/i,
    code: 'TLSVerificationFailed',
    message: (where) => `the certificate of ${where} is not trusted`,
    hint: 'Give the authority that signed it; verification cannot be switched off.',
  },
  {
    when: /Authentication failed|could not read (?:Username|Password)|error: 401|Permission denied \((?:publickey|password)|invalid credentials|HTTP Basic: Access denied/i,
    code: 'GitAuthenticationFailed',
    message: (where) => `${where} does not accept the credentials`,
    hint: 'The token or key may be wrong, expired or revoked.',
  },
  { ...archivedRepository, message: (where) => `${where} is read-only` },
  {
    when: /error: 403|access denied|not allowed to (?:push|access)|Permission to .{0,300} denied|deploy key|read[- ]only/i,
    code: 'PermissionDenied',
    message: (where) => `${where} denies access`,
    hint: 'Give the token or key write access to this repository.',
  },
  {
    when: /redirection|unable to update url base from redirection|error: 30\d/i,
    code: 'GitRedirected',
    message: (where) => `${where} answers with a redirect`,
    hint: 'Write the address that it leads to: credentials are never sent to another place.',
  },
  {
    when: /mismatched algorithms|unknown repository extension|object-format|hash algorithm/i,
    code: 'GitFormatUnsupported',
    message: (where) => `${where} uses a format that is not supported`,
    hint: formatHint,
  },
  {
    when: /transport '' not allowed/i,
    code: 'InvalidGitUrl',
    message: (where) => `${where} cannot be reached in a way that is allowed`,
    hint: 'Use https, ssh, http or a path.',
  },
  {
    when: /repository .{0,300}not found|not found.{0,300}repository|does not appear to be a git repository|error: 404|no such repository|does not exist or you do not have permission/i,
    code: 'GitRepositoryNotFound',
    message: (where) => `${where} does not exist, or the credentials may not see it`,
    hint: 'Create the repository first, and check address and credentials.',
  },
  {
    when: /object file .{0,300} is empty|loose object|bad (?:object|ref)|packfile|unable to read tree|missing (?:blob|tree|object)|inflate|bad config|not a git repository|unable to parse (?:object|commit)|index file .{0,300} is too small|bad (?:tree|signature)|did not send all necessary objects|reference broken|unexpected line in|corrupt|directory that does not exist/i,
    code: 'GitRepositoryCorrupt',
    retry: true,
    message: (where) => `the copy of ${where} on this disk is damaged`,
  },
  {
    when: /CONNECT tunnel failed|from proxy after CONNECT|Proxy CONNECT aborted|Could not resolve proxy/i,
    code: 'GitUnreachable',
    retry: true,
    message: (where) => `the proxy does not lead to ${where}`,
    hint: 'Check the proxy in HTTPS_PROXY and its user:password@, or name the host in NO_PROXY.',
  },
  {
    when: /Could not resolve host|Connection (?:refused|reset|timed out|closed)|Failed to connect|Network is unreachable|Operation (?:too slow|timed out)|early EOF|hung up unexpectedly|timed? ?out|block timeout|RPC failed|Empty reply|name resolution|error: 000/i,
    code: 'GitUnreachable',
    retry: true,
    message: (where) => `${where} cannot be reached`,
    hint: 'Check the address, and the network and firewalls on the way; then try again.',
  },
  {
    when: /error: (?:429|5\d\d)/,
    code: 'GitUnavailable',
    retry: true,
    message: (where) => `${where} cannot serve at the moment`,
    hint: 'Try again later; if it lasts, check the log of the server.',
  },
  {
    when: /Unable to create '': File exists|cannot lock ref|unable to lock|another git process/i,
    code: 'GitBusy',
    retry: true,
    message: (where) => `another process is writing to ${where}`,
    hint: 'Try again when it has finished.',
  },
  {
    when: /Permission denied|Read-only file system|unable to (?:create|write)|insufficient permission/i,
    code: 'StateRepositoryUnwritable',
    message: (where) => `${where} cannot be written`,
    hint: 'Check the owner and the mode of the folder.',
  },
];

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toLocaleString('en')} MiB`;
}
