import * as z from 'zod';

const secretRef = z.strictObject({
  name: z.string().min(1).meta({ description: "Name of the Secret, in the operator's namespace." }),
});

/** Which forge the state repository is on, and how to prove to it who we are. */
export const forge = z.strictObject({
  kind: z.enum(['GitHub', 'GitLab', 'Gitea']).optional().meta({
    description:
      'GitHub also for its Enterprise Server, Gitea also for Forgejo. Default: found by the address, or asked for.',
  }),
  url: z.string().min(1).optional().meta({
    description:
      'Address of its API, such as https://github.example.com/api/v3. Default: made from the address of the repository.',
  }),
  project: z.string().min(1).optional().meta({
    description: 'What the forge calls the repository. Default: the path in the address of the repository.',
  }),
  secretRef: secretRef.optional().meta({
    description:
      'Credentials: key token; or appID, privateKey and, if wanted, installationID of a GitHub App. Default: the password of git.secretRef, for the same host.',
  }),
  webhook: z
    .strictObject({
      secretRef: secretRef.meta({
        description:
          'What deliveries are proved with: key secret, and previous while it is replaced; for GitLab signingToken where it signs.',
      }),
    })
    .optional()
    .meta({
      description: 'Deliveries of the forge to /hooks/<name of the integration>, so that a merge is applied at once.',
    }),
});
