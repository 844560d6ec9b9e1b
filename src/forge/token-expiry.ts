const day = 24 * 3_600_000;

/** For so long before its end a token is spoken of: time enough for whoever has to ask others for a new one. */
const notice = 14 * day;

/** That the token for the forge ends soon, in the words of a condition; none while it does not. */
export function expiryWords(expires: number | undefined, now: number): readonly string[] {
  if (expires === undefined || expires - now > notice) return [];
  const time = new Date(expires).toISOString().replace(/\.\d+/, '');
  const when = expires > now ? `ends at ${time}` : `ended at ${time}`;
  return [
    `the token for the forge ${when}; without one no pull request is opened or brought up to date. ` +
      'Make a new one for the same account, and put it into the Secret of spec.git.forge.secretRef',
  ];
}
