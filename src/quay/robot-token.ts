import { inspect } from 'node:util';

const redacted = '[redacted]';

/** A robot's token that cannot be printed by accident: only `reveal` gives it. */
export class RobotToken {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
