import * as z from 'zod';

const text = (description: string) => z.string().optional().meta({ description });
const flag = (description: string) => z.boolean().optional().meta({ description });
const id = (description: string) => z.int().optional().meta({ description });
const names = (description: string) => z.array(z.string()).optional().meta({ description });

const seLinuxOptions = z.strictObject({
  level: text('SELinux level.'),
  role: text('SELinux role.'),
  type: text('SELinux type.'),
  user: text('SELinux user.'),
});

const seccompProfile = z.strictObject({
  localhostProfile: text('File on the node, for the type Localhost.'),
  type: z.string().meta({ description: 'RuntimeDefault, Localhost or Unconfined.' }),
});

/** Security settings of a container, as the Quay Operator's definition has them. */
export const securityContext = z.strictObject({
  allowPrivilegeEscalation: flag('Whether a process may get more privileges than its parent.'),
  capabilities: z
    .strictObject({ add: names('Capabilities that are added.'), drop: names('Capabilities that are taken away.') })
    .optional()
    .meta({ description: 'Capabilities beside the default ones.' }),
  privileged: flag('Whether the container is privileged.'),
  procMount: text('How /proc is mounted.'),
  readOnlyRootFilesystem: flag('Whether the root file system is read-only.'),
  runAsGroup: id('Group of the processes.'),
  runAsNonRoot: flag('Whether the container must not run as root.'),
  runAsUser: id('User of the processes.'),
  seLinuxOptions: seLinuxOptions.optional().meta({ description: 'SELinux labels.' }),
  seccompProfile: seccompProfile.optional().meta({ description: 'Seccomp profile.' }),
  windowsOptions: z
    .strictObject({
      gmsaCredentialSpec: text('Credential spec.'),
      gmsaCredentialSpecName: text('Name of the credential spec.'),
      hostProcess: flag('Whether it is a host process.'),
      runAsUserName: text('User of the processes.'),
    })
    .optional()
    .meta({ description: 'Settings for Windows, without use here.' }),
});

export type SecurityContext = Readonly<z.infer<typeof securityContext>>;

/** Security settings of a pod. */
export const podSecurityContext = z.strictObject({
  fsGroup: id('Group that owns the files of volumes.'),
  fsGroupChangePolicy: z
    .enum(['Always', 'OnRootMismatch'])
    .optional()
    .meta({ description: 'When the owner of files is changed.' }),
  runAsGroup: id('Group of the processes.'),
  runAsNonRoot: flag('Whether containers must not run as root.'),
  runAsUser: id('User of the processes.'),
  seLinuxOptions: seLinuxOptions.optional().meta({ description: 'SELinux labels.' }),
  seccompProfile: seccompProfile.optional().meta({ description: 'Seccomp profile.' }),
  supplementalGroups: z.array(z.int()).optional().meta({ description: 'Further groups of the processes.' }),
});

export type PodSecurityContext = Readonly<z.infer<typeof podSecurityContext>>;
