import { Sealed } from '../api/index.js';

/** A robot's token that cannot be printed by accident: only `reveal` gives it. */
export class RobotToken extends Sealed {}
