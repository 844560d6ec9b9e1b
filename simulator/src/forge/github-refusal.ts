import type { Said } from './stand-in.js';

/** An error as GitHub words it. */
export const refuse = (status: number, message: string, errors?: readonly unknown[]): Said => ({
  status,
  body: {
    message,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
    ...(errors !== undefined && { errors }),
  },
});

/** What cannot be done as it was asked. */
export const invalid = (...errors: readonly unknown[]): Said => refuse(422, 'Validation Failed', errors);
