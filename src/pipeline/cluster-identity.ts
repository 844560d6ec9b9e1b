import { type QuayIntegration, replacesClusterAnnotation } from '../api/index.js';
import { clusterId, statePaths } from '../names/index.js';
import { type Identity } from '../publish/index.js';
import { formatFile, parseYaml } from '../state/index.js';

/** The file that says which cluster a folder of the state repository belongs to. */
export function clusterIdentity({ metadata, spec }: QuayIntegration, uid: string): Identity {
  const id = clusterId(spec.clusterID);
  const path = statePaths(id, spec.git.path).identity;
  const comment = ['Which cluster this folder belongs to; uid is that of its namespace kube-system.'];
  const previous = metadata.annotations?.[replacesClusterAnnotation];
  return {
    path,
    uid,
    content: formatFile({ clusterID: id, uid }, comment),
    uidOf: (content) => uidOf(content, path),
    ...(previous !== undefined && { previous }),
  };
}

function uidOf(content: string, path: string): string | undefined {
  const { uid } = parseYaml(content, path).value;
  return typeof uid === 'string' && uid !== '' ? uid : undefined;
}
