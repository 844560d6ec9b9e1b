import {
  integrationLabel,
  managedByLabel,
  managedByValue,
  organizationLabel,
  type QuayOrganization,
} from '../api/index.js';
import { type Fields } from '../json/index.js';
import { pullSecretType } from '../kube/index.js';
import { labelValue } from '../names/index.js';
import { type RobotToken } from '../quay/index.js';

/** A pull secret as an organization declares it. */
export interface DesiredSecret {
  readonly robot: string;
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly name: string;
  /** `host[:port]` of the registry. */
  readonly host: string;
  /** `<organization>+<robot>`. */
  readonly username: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The pull secrets that an organization declares, by the names of their robots; none when it is of no namespace. */
export function desiredSecrets({ metadata, spec }: QuayOrganization, host: string): readonly DesiredSecret[] {
  const { namespace, integration, name: organization } = spec;
  if (namespace === undefined) return [];
  const labels = {
    [managedByLabel]: managedByValue,
    [integrationLabel]: labelValue(integration),
    [organizationLabel]: labelValue(metadata.name),
  };
  return spec.robots
    .flatMap(({ name: robot, pullSecret }) => {
      if (pullSecret === undefined) return [];
      const { name, serviceAccount } = pullSecret;
      return [{ robot, serviceAccount, namespace, name, host, username: `${organization}+${robot}`, labels }];
    })
    .sort((a, b) => (a.robot < b.robot ? -1 : 1));
}

/** The Secret with the robot's token: the same bytes as the predecessor's, so that taking one over changes its labels only. */
export function secretObject({ namespace, name, labels, host, username }: DesiredSecret, token: RobotToken): Fields {
  const auth = base64(`${username}:${token.reveal()}`);
  return {
    metadata: { namespace, name, labels },
    type: pullSecretType,
    data: { '.dockerconfigjson': base64(JSON.stringify({ auths: { [host]: { auth } } })) },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
