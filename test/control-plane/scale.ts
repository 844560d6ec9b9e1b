/** Names the number of namespaces for the tests that count in namespaces: a thousand, say, where there is time. */
export const scaleVariable = 'QUAYSIDE_TEST_NAMESPACES';

/** How many namespaces a test makes: its own usual number, unless the environment asks for another. */
export function namespaceCount(usual: number, environment: NodeJS.ProcessEnv = process.env): number {
  const asked = environment[scaleVariable];
  if (asked === undefined || asked === '') return usual;
  if (/^[1-9]\d{0,4}$/.test(asked)) return Number(asked);
  throw new Error(`${scaleVariable} is ${JSON.stringify(asked)}: write a number from 1 to 99999`);
}
