import about from '../package.json' with { type: 'json' };

/** The version that the manifests install unless another image is asked for. */
export const version: string = about.version;
