import { imageDigest, uidOf } from './identity.js';

interface LibraryStream {
  readonly name: string;
  readonly displayName: string;
  /** Tag → image. */
  readonly images: Readonly<Record<string, string>>;
  /** The tag that `latest` follows. */
  readonly latest: string;
}

const registry = 'registry.redhat.io';

/** Some of the image streams that OpenShift brings along for builds. */
const library: readonly LibraryStream[] = [
  {
    name: 'golang',
    displayName: 'Go',
    images: { '1.18-ubi8': 'ubi8/go-toolset:1.18', '1.18-ubi9': 'ubi9/go-toolset:1.18' },
    latest: '1.18-ubi8',
  },
  {
    name: 'httpd',
    displayName: 'Apache HTTP Server',
    images: {
      '2.4-el8': 'rhel8/httpd-24:latest',
      '2.4-ubi10': 'ubi10/httpd-24:latest',
      '2.4-ubi8': 'ubi8/httpd-24:latest',
      '2.4-ubi9': 'ubi9/httpd-24:latest',
    },
    latest: '2.4-ubi10',
  },
  {
    name: 'nginx',
    displayName: 'Nginx HTTP server and reverse proxy',
    images: {
      '1.24-ubi9': 'ubi9/nginx-124:latest',
      '1.26-ubi10': 'ubi10/nginx-126:latest',
      '1.26-ubi9': 'ubi9/nginx-126:latest',
    },
    latest: '1.26-ubi9',
  },
  {
    name: 'nodejs',
    displayName: 'Node.js',
    images: {
      '22-minimal-ubi9': 'ubi9/nodejs-22-minimal:latest',
      '22-ubi10': 'ubi10/nodejs-22:latest',
      '22-ubi8': 'ubi8/nodejs-22:latest',
      '22-ubi9': 'ubi9/nodejs-22:latest',
    },
    latest: '22-ubi9',
  },
  {
    name: 'postgresql',
    displayName: 'PostgreSQL',
    images: {
      '15-el9': 'rhel9/postgresql-15:latest',
      '16-el10': 'rhel10/postgresql-16:latest',
      '16-el9': 'rhel9/postgresql-16:latest',
    },
    latest: '16-el9',
  },
  {
    name: 'python',
    displayName: 'Python',
    images: {
      '3.12-minimal-ubi9': 'ubi9/python-312-minimal:latest',
      '3.12-ubi8': 'ubi8/python-312:latest',
      '3.12-ubi9': 'ubi9/python-312:latest',
    },
    latest: '3.12-ubi8',
  },
];

/** The library as it stands in the namespace `openshift`. */
export function libraryStreams(): readonly object[] {
  return library.map(libraryStream);
}

function libraryStream(stream: LibraryStream, index: number): object {
  const { name, displayName, images, latest } = stream;
  const tags = Object.keys(images);
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: {
      annotations: {
        'image.openshift.io/dockerImageRepositoryCheck': '2026-03-02T08:31:12Z',
        'openshift.io/display-name': displayName,
        'samples.operator.openshift.io/version': '4.20.4',
      },
      creationTimestamp: '2026-03-02T08:31:10Z',
      generation: 2,
      labels: { 'samples.operator.openshift.io/managed': 'true' },
      name,
      namespace: 'openshift',
      resourceVersion: String(31_000 + 11 * index),
      uid: uidOf('ImageStream', 'openshift', name),
    },
    spec: {
      lookupPolicy: { local: false },
      tags: [
        ...tags.map((tag) => specTag(stream, tag, { kind: 'DockerImage', name: `${registry}/${images[tag] ?? ''}` })),
        specTag(stream, 'latest', { kind: 'ImageStreamTag', name: latest }),
      ],
    },
    status: {
      dockerImageRepository: `image-registry.openshift-image-registry.svc:5000/openshift/${name}`,
      tags: [...tags, 'latest'].map((tag) => statusTag(stream, tag)),
    },
  };
}

function specTag({ name, displayName }: LibraryStream, tag: string, from: object): object {
  return {
    annotations: {
      iconClass: `icon-${name}`,
      'openshift.io/display-name': `${displayName} ${tag}`,
      'openshift.io/provider-display-name': 'Red Hat, Inc.',
      tags: `builder,${name}`,
      version: tag.split('-', 1)[0] ?? tag,
    },
    from,
    generation: 2,
    importPolicy: { importMode: 'Legacy' },
    name: tag,
    referencePolicy: { type: 'Local' },
  };
}

function statusTag({ name, images, latest }: LibraryStream, tag: string): object {
  const image = (images[tag === 'latest' ? latest : tag] ?? '').replace(/:[^:]*$/, '');
  const digest = imageDigest(name, image);
  return {
    items: [
      {
        created: '2026-03-02T08:31:12Z',
        dockerImageReference: `${registry}/${image}@${digest}`,
        generation: 2,
        image: digest,
      },
    ],
    tag,
  };
}
