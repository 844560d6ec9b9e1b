const olm = 'operators.operatorframework.io.bundle';

/** What OLM reads first of a bundle: where its parts are, and which channel it belongs to. */
export const annotations: Readonly<Record<string, string>> = {
  [`${olm}.mediatype.v1`]: 'registry+v1',
  [`${olm}.manifests.v1`]: 'manifests/',
  [`${olm}.metadata.v1`]: 'metadata/',
  [`${olm}.package.v1`]: 'quayside',
  [`${olm}.channels.v1`]: 'stable',
  [`${olm}.channel.default.v1`]: 'stable',
  'com.redhat.openshift.versions': 'v4.15',
};

/** The bundle as an image: nothing but the files, with the same annotations as labels. */
export function bundleDockerfile(): string {
  const labels = Object.entries(annotations).map(([name, value]) => `LABEL ${name}="${value}"`);
  return ['FROM scratch', ...labels, 'COPY manifests /manifests/', 'COPY metadata /metadata/', ''].join('\n');
}
