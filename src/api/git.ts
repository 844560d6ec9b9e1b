import * as z from 'zod';
import { forge } from './git-forge.js';
import { duration } from './metadata.js';

/** The state repository of an integration or a registry. */
export const git = z.strictObject({
  url: z.string().min(1).optional().meta({
    description: 'Remote of the state repository (https, ssh or file). Default: the embedded repository.',
  }),
  branch: z.string().min(1).default('main').meta({ description: 'Branch that holds the state.' }),
  path: z
    .string()
    .default('')
    .meta({ description: 'Folder inside the repository that Quayside works in. Default: its root.' }),
  partialFetch: z.boolean().default(false).meta({
    description:
      'Fetch only those files that are read (a partial clone), for a repository that holds much beside the state. The server has to allow it, as GitHub, GitLab and Gitea do; another one sends everything.',
  }),
  secretRef: z
    .strictObject({ name: z.string().min(1).meta({ description: "Name of the Secret, in the operator's namespace." }) })
    .optional()
    .meta({
      description:
        'Credentials: keys username and password, or identity and known_hosts for ssh; ca.crt for a private authority.',
    }),
  review: z.enum(['None', 'Destructive', 'All']).default('None').meta({
    description:
      'Which changes wait for a pull request to be merged: none; those that change or remove something, while what only adds is pushed at once; or all.',
  }),
  proposalBranch: z.string().min(1).optional().meta({
    description: 'Branch that brings what is proposed. Default: quayside/<clusterID>/<name of the integration>.',
  }),
  forge: forge.optional().meta({
    description: 'Where pull requests are opened, when that is not found by the address of the repository.',
  }),
  author: z
    .strictObject({
      name: z.string().min(1).default('Quayside').meta({ description: 'Name on the commits.' }),
      email: z.string().min(3).default('quayside@quayside.invalid').meta({ description: 'Address on the commits.' }),
    })
    .default({ name: 'Quayside', email: 'quayside@quayside.invalid' })
    .meta({ description: 'Author of the commits.' }),
  signing: z
    .strictObject({
      format: z.enum(['ssh', 'openpgp']).default('ssh').meta({ description: "Git's gpg.format." }),
      secretRef: z
        .strictObject({
          name: z.string().min(1).meta({ description: 'Name of the Secret.' }),
          key: z.string().min(1).default('key').meta({ description: 'Key inside the Secret.' }),
        })
        .meta({ description: "The private key, in a Secret of the operator's namespace." }),
    })
    .optional()
    .meta({ description: 'Sign the commits.' }),
  verify: z.enum(['None', 'Head', 'EveryCommit']).default('None').meta({
    description:
      'Which commits must be signed by one of allowedKeys before anything of them is applied: none, the newest of the branch, or also each one between the last that was applied and the newest, along the first parents, that changes our folder.',
  }),
  allowedKeys: z.array(z.string().min(1).max(16_384)).max(16).default([]).meta({
    description:
      'Public keys whose signatures count: lines as ssh-keygen writes them (ssh-ed25519 AAAA…), or armored OpenPGP keys. With verify, the public key of signing has to be among them where Quayside pushes to the branch itself.',
  }),
  interval: duration.default('1m').meta({ description: 'How often the remote is polled.' }),
  sync: z.enum(['BuiltIn', 'External']).default('BuiltIn').meta({
    description: 'Who applies the merged documents to the cluster: Quayside, or Argo CD or Flux.',
  }),
});

export type GitSpec = z.infer<typeof git>;
