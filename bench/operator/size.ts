/** Scales the benchmarks of the operator down: a thousand namespaces take minutes. */
const variable = 'QUAYSIDE_BENCH_NAMESPACES';

const asked = process.env[variable] || '1000';
if (!/^[1-9]\d{0,4}$/.test(asked)) throw new Error(`${variable} is ${asked}: write a number from 1 to 99999`);

/** The large cluster: its namespaces, and the image streams in each of them. */
export const large = { namespaces: Number(asked), streams: 10 };
