import { of } from './limit.js';

/** What is made of the image streams and service accounts of one namespace. */
export const objectLimits = {
  ...of('image streams of a namespace', {
    repositories: [
      'repositories of an organization',
      5_000,
      'repositories',
      'the image streams that came last are left out, and the organization has a condition that says so',
    ],
    objectBytes: [
      'an object with its status, about',
      1024 * 1024,
      'bytes',
      'the image streams that came last are left out, and the organization has a condition that says so',
    ],
  }),
  ...of('service accounts of a namespace', {
    serviceAccounts: [
      'that have a robot as one of `*` in `serviceAccounts`',
      500,
      'service accounts',
      'those that came last have none, which is reported',
    ],
  }),
};

/** What a tenant may write into objects that are read. */
export const clusterLimits = of('objects of the cluster', {
  clusterAnswer: ['an answer of the API server', 16 * 1024 * 1024, 'bytes', 'a list is asked for in smaller pages'],
  pullSecretBytes: ['logins in a pull secret', 64 * 1024, 'bytes', 'taken for one without any'],
});
