import { expect, test } from '@jest/globals';
import { durationSeconds } from '../../src/registry/durations.js';
import { imageBaseName, parseImage } from '../../src/registry/images/index.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['quay', { name: 'quay' }],
  ['quay:latest', { name: 'quay', tag: 'latest' }],
  ['centos/postgresql-10-centos7', { name: 'centos/postgresql-10-centos7' }],
  ['quay.io/projectquay/quay:v3.15', { name: 'quay.io/projectquay/quay', tag: 'v3.15' }],
  ['host:5000/x:tag', { name: 'host:5000/x', tag: 'tag' }],
  ['localhost:5000/a/b/c', { name: 'localhost:5000/a/b/c' }],
  ['[fd00::1]:5000/x:1', { name: '[fd00::1]:5000/x', tag: '1' }],
  [`host:5000/x@${digest}`, { name: 'host:5000/x', digest }],
  [`registry.example.com/a/b:1.0@${digest}`, { name: 'registry.example.com/a/b', tag: '1.0', digest }],
])('P26 the image %s is taken apart', (text, parts) => {
  expect(parseImage(text)).toEqual(parts);
});

test.each([
  '',
  ':tag',
  'a:',
  'a@',
  'A/b:1',
  'https://quay.io/a:1',
  'a@sha256:12',
  `a@${digest}@${digest}`,
  'a b',
  'host:99999/a',
  '-a',
  'a//b',
  'a:b:c',
  'a/..',
])('P26 the image "%s" is a fault', (text) => {
  expect(parseImage(text)).toHaveProperty('message');
});

test('the last part of an image says what is inside', () => {
  expect(imageBaseName({ name: 'host:5000/sclorg/postgresql-13-c9s' })).toBe('postgresql-13-c9s');
});

test('a duration has one number and one unit', () => {
  expect(['2w', '1d', '3h', '5m', '7s', '2', 'w', '1.5h', '1y', ''].map(durationSeconds)).toEqual([
    1_209_600,
    86_400,
    10_800,
    300,
    7,
    ...Array.from({ length: 5 }, () => undefined),
  ]);
});
