const source = {
  type: 'Source',
  sourceStrategy: { from: { kind: 'ImageStreamTag', name: 'nodejs:22', namespace: 'openshift' } },
};
const docker = { type: 'Docker', dockerStrategy: {} };
const git = { source: { type: 'Git', git: { uri: 'https://git.example.test/shop.git' } } };
const tag = (name: string, more: object = {}): object => ({ to: { kind: 'ImageStreamTag', name, ...more } });

/** A Build, and the image stream tag that its output stands for once it is rewritten. */
export interface OwnBuild {
  readonly build: object;
  readonly output: string;
}

/** Builds of every shape that is rewritten, for a namespace. */
export function ownBuilds(namespace: string): Readonly<Record<string, OwnBuild>> {
  return {
    'from source': { build: { spec: { strategy: source, ...git, output: tag('shop:latest') } }, output: 'shop:latest' },
    'with a Dockerfile': {
      build: { spec: { strategy: docker, ...git, output: tag('shop:1.2.3') } },
      output: 'shop:1.2.3',
    },
    'without a tag': { build: { spec: { strategy: docker, output: tag('shop') } }, output: 'shop:latest' },
    'with its own namespace': {
      build: { spec: { strategy: docker, output: tag('shop:1', { namespace }) } },
      output: 'shop:1',
    },
    'with annotations': {
      build: { metadata: { annotations: { 'example.test/a': 'b' } }, spec: { strategy: source, output: tag('a:1') } },
      output: 'a:1',
    },
    'with many annotations': {
      build: {
        metadata: {
          annotations: Object.fromEntries(
            Array.from({ length: 1_000 }, (_, at) => [`example.test/n${at}`, 'x'.repeat(99)]),
          ),
        },
        spec: { strategy: source, output: tag('many:1') },
      },
      output: 'many:1',
    },
    'with its builder named': {
      build: { spec: { serviceAccount: 'builder', strategy: docker, output: tag('a:1') } },
      output: 'a:1',
    },
    'with a pushSecret of its own': {
      build: {
        spec: { serviceAccount: 'ci', strategy: docker, output: { ...tag('a:1'), pushSecret: { name: 'mine' } } },
      },
      output: 'a:1',
    },
    'with labels for its image': {
      build: { spec: { strategy: docker, output: { ...tag('a:1'), imageLabels: [{ name: 'l', value: 'v' }] } } },
      output: 'a:1',
    },
    'with a version of the reference': {
      build: { spec: { strategy: docker, output: tag('a:1', { apiVersion: 'image.openshift.io/v1' }) } },
      output: 'a:1',
    },
    'with separators in its name': {
      build: { spec: { strategy: docker, output: tag('a--b.c_d:V_1.x-y') } },
      output: 'a--b.c_d:V_1.x-y',
    },
    'with a trigger and a revision': {
      build: {
        spec: {
          strategy: source,
          ...git,
          revision: { type: 'Git', git: { commit: '0123' } },
          triggeredBy: [{ message: 'Image change' }],
          output: tag('shop:ci-42'),
        },
      },
      output: 'shop:ci-42',
    },
  };
}

/** Builds that are never shown to the webhook. */
export const outOfReach: Readonly<Record<string, object>> = {
  'a custom build': { spec: { strategy: { type: 'Custom', customStrategy: { from: {} } }, output: tag('a:1') } },
  'a pipeline': { spec: { strategy: { type: 'JenkinsPipeline', jenkinsPipelineStrategy: {} }, output: tag('a:1') } },
  'no output': { spec: { strategy: docker, ...git } },
  'an empty output': { spec: { strategy: docker, output: {} } },
  'an output without kind': { spec: { strategy: docker, output: { to: { name: 'a:1' } } } },
  'an image as output': {
    spec: { strategy: docker, output: { to: { kind: 'DockerImage', name: 'registry.example.test/a:1' } } },
  },
  'an image stream image': {
    spec: { strategy: docker, output: { to: { kind: 'ImageStreamImage', name: 'a@sha256:00' } } },
  },
};
