const roots: Readonly<Record<string, string>> = {
  configmap: '/api/v1',
  build: '/apis/build.openshift.io/v1',
  customresourcedefinition: '/apis/apiextensions.k8s.io/v1',
  imagestream: '/apis/image.openshift.io/v1',
  lease: '/apis/coordination.k8s.io/v1',
  mutatingwebhookconfiguration: '/apis/admissionregistration.k8s.io/v1',
  namespace: '/api/v1',
  quayorganization: '/apis/quayside.dev/v1alpha1',
  secret: '/api/v1',
  serviceaccount: '/api/v1',
  'quayintegrations.quay.redhat.com': '/apis/quay.redhat.com/v1',
  'quayintegrations.redhatcop.redhat.io': '/apis/redhatcop.redhat.io/v1alpha1',
};

/** The paths of objects that are named as for kubectl: `secret a b -n shop`; `--all` is the path of them all. */
export function pathsOf([kind = '', ...words]: readonly string[]): readonly string[] {
  const root = roots[kind] ?? roots[kind.replace(/s$/, '')];
  if (root === undefined) throw new Error(`there is no path for ${kind} yet`);
  const at = words.indexOf('-n');
  const within = at < 0 ? '' : `/namespaces/${words[at + 1]}`;
  const names = at < 0 ? words : words.toSpliced(at, 2);
  const [singular = ''] = kind.split('.');
  const path = `${root}${within}/${singular.replace(/s?$/, 's')}`;
  return names.map((name) => (name === '--all' ? path : `${path}/${name}`));
}
