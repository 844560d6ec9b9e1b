import data from './keys.json' with { type: 'json' };

/** What a value has to be. */
export interface Shape {
  /** Types of JSON schema. */
  readonly types?: readonly string[];
  readonly choices?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** Every key that Quay's own schema or its validator knows; `tools/quay-config-keys.mjs` makes the data. */
export const quayKeys: Readonly<Record<string, Shape>> = {
  // Neither of the two describes these.
  SECRET_KEY: { types: ['string'] },
  BUILDMAN_HOSTNAME: { types: ['string'] },
  SETUP_COMPLETE: { types: ['boolean'] },
  ...data.keys,
};

/** Keys without which Quay does not start. */
export const requiredKeys: readonly string[] = data.required;
