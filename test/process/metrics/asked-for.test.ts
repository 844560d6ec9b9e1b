import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createMetrics } from '../../../src/process/index.js';

const monitoring = readFileSync(join(import.meta.dirname, '../../../dist/monitoring.yaml'), 'utf8');

/** Every metric in the alerts and on the dashboard, with the labels by which its series are chosen. */
const askedFor = [...monitoring.matchAll(/\b(quayside_[a-z_]+)(?:\{([^}]*)\})?/g)].map(
  ([, name = '', chosen = '']) => ({
    name: name.replace(/_(bucket|count|sum)$/, ''),
    labels: [...chosen.matchAll(/(\w+)[=!]~?/g)].map(([, label]) => label),
  }),
);

test('alerts and dashboard ask for something', () => {
  expect(askedFor.length).toBeGreaterThan(10);
});

test.each([...new Set(askedFor.map(({ name }) => name))])('alerts and dashboard ask for %s, which there is', (name) => {
  const metric = createMetrics().registry.getSingleMetric(name) as { labelNames?: readonly string[] } | undefined;
  const labels = askedFor.filter((asked) => asked.name === name).flatMap((asked) => asked.labels);
  expect(metric?.labelNames).toEqual(expect.arrayContaining(labels));
});
