import { type limits } from '../../../src/limits/index.js';
import { expect } from '@jest/globals';
import { conditionOf } from '../../fixtures/operator/objects.js';
import { type Attacker, type Scene } from '../../hostile/scene.js';

/** The name of a row of the table. */
export type Row = keyof typeof limits;

/** What feeds a process more than the limit of a row, and demands what the table says of it. */
export type Feeding<Process> = (process: Process) => Promise<void>;

/** The rows that a process is fed beyond. */
export type Feedings<Process> = Readonly<Partial<Record<Row, Feeding<Process>>>>;

/** The operator, and who may create integrations. */
export interface Fed {
  readonly scene: Scene;
  readonly author: Attacker;
}

// What waits for minutes is told after that.
export const patience = 280_000;

/** Waits until a namespace's organization says so. */
export const tells = ({ cluster, harness }: Scene, name: string, type: string, words: RegExp): Promise<void> =>
  cluster.eventually(async () => {
    expect(conditionOf(await harness.object(name), type).message).toMatch(words);
  }, patience);

/** So many at once. */
export const several = <T>(amount: number, one: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: amount }, (_, at) => one(at)));
