import { of } from './limit.js';

/** What is made of the image streams of one namespace. */
export const objectLimits = of('image streams of a namespace', {
  repositories: [
    'repositories of an organization',
    5_000,
    'entries',
    'the image streams that came last are left out, and the organization has a condition that says so',
  ],
  objectBytes: [
    'an object with its status, about',
    1024 * 1024,
    'bytes',
    'the image streams that came last are left out, and the organization has a condition that says so',
  ],
});
