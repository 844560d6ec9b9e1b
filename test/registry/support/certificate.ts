import { generate } from 'selfsigned';

/** A certificate for some names, as the bundle has it; valid around the middle of 2026. */
export async function certificateFor(
  names: readonly string[],
  until = '2027-06-01T00:00:00Z',
): Promise<{ readonly 'ssl.cert': string; readonly 'ssl.key': string }> {
  const altNames = names.map((value) => ({ type: 2 as const, value }));
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'none' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date('2026-01-01T00:00:00Z'),
    notAfterDate: new Date(until),
    extensions: [...(altNames.length === 0 ? [] : [{ name: 'subjectAltName' as const, altNames }])],
  });
  return { 'ssl.cert': made.cert, 'ssl.key': made.private };
}

/** When these certificates are judged. */
export const judgedAt = '2026-06-01T00:00:00Z';
