/** One thing that is wrong with the options of a simulator, or with its scenario file. */
export interface OptionFault {
  /** The field, as `fixtures.users[0].name`; empty for the whole input. */
  readonly path: string;
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  /** The file. */
  readonly source?: string;
}

/** Options that would start a server nobody meant, with all faults at once. */
export class InvalidOptions extends Error {
  override readonly name = 'InvalidOptions';

  constructor(
    readonly faults: readonly OptionFault[],
    options?: ErrorOptions,
  ) {
    super(faults.map(textOf).join('\n'), options);
  }
}

function textOf({ source, path, message, hint }: OptionFault): string {
  const text = [source, path, message].filter((part) => part !== undefined && part !== '').join(': ');
  return hint === undefined ? text : `${text} (${hint})`;
}
