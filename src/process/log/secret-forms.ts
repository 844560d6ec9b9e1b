// Something shorter stands in half of all words.
const shortest = 4;
// Of a secret in several lines, such as a key, single lines turn up in messages as well.
const shortestLine = 16;
const shortestEncoded = 8;

/** Every way in which these secrets may be written in a text, the longest first. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const whole = secrets.filter((secret) => secret.length >= shortest);
  const forms = new Set(whole.flatMap((secret) => [secret, ...lines(secret)]).flatMap(spellings));
  return [...forms].filter((form) => form.length >= shortest).sort((one, other) => other.length - one.length);
}

function lines(secret: string): string[] {
  return secret.split(/\r?\n/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
}

function spellings(secret: string): string[] {
  // Half a character cannot be encoded.
  const wellFormed = Buffer.from(secret).toString();
  const quoted = JSON.stringify(secret).slice(1, -1);
  const encoded = secret.length < shortestEncoded ? [] : [0, 1, 2].flatMap((offset) => base64(secret, offset));
  return [secret, quoted, JSON.stringify(quoted).slice(1, -1), encodeURIComponent(wellFormed), ...encoded];
}

/** What of the base64 of a longer text does not depend on what stands before and behind the secret in it. */
function base64(secret: string, offset: number): string[] {
  const bytes = Buffer.from(secret);
  const skipped = (3 - offset) % 3;
  const certain = bytes.subarray(skipped, bytes.length - ((bytes.length - skipped) % 3));
  return [certain.toString('base64'), certain.toString('base64url')];
}
