import { type QuayIntegration } from '../../api/index.js';
import { type NamedObject } from '../../kube/index.js';

/** The objects whose content decides how an integration connects. */
export function referencesOf({ spec }: QuayIntegration, operatorNamespace: string): readonly NamedObject[] {
  const { credentialsSecret, certificateAuthority = {}, git } = spec;
  const { configMap, secret } = certificateAuthority;
  return [
    { kind: 'Secret', namespace: credentialsSecret.namespace, name: credentialsSecret.name },
    ...(configMap === undefined ? [] : [{ kind: 'ConfigMap' as const, ...nameOf(configMap) }]),
    ...(secret === undefined ? [] : [{ kind: 'Secret' as const, ...nameOf(secret) }]),
    ...[git.secretRef, git.signing?.secretRef].flatMap((ref) =>
      ref === undefined ? [] : [{ kind: 'Secret' as const, namespace: operatorNamespace, name: ref.name }],
    ),
  ];
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): {
  readonly namespace: string;
  readonly name: string;
} {
  return { namespace, name };
}
