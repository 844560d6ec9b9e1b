import { inspect } from 'node:util';
import { objectOrEmpty } from '../json/index.js';

/** The data of a Secret; printed, it shows its keys and none of its values. */
export class SecretData extends Map<string, string> {
  toJSON(): readonly string[] {
    return [...this.keys()];
  }

  [inspect.custom](): string {
    return `SecretData { ${[...this.keys()].join(', ')} }`;
  }
}

/** Key → value of a Secret as the API gives it: `data` in base64, or `stringData` as people write it. */
export function secretData(secret: Readonly<Record<string, unknown>>): SecretData {
  const data = new SecretData();
  for (const [key, value] of Object.entries(objectOrEmpty(secret.data))) {
    if (typeof value === 'string') data.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  for (const [key, value] of Object.entries(objectOrEmpty(secret.stringData))) {
    if (typeof value === 'string') data.set(key, value);
  }
  return data;
}
