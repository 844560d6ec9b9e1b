export { asksForEmail } from './answer/failure.js';
export { AlreadyThere } from './apply/confirm.js';
export { connectQuay, type Quay } from './connect.js';
export type { FinishedCall, QuayConnection, Timeouts } from './connection.js';
export type { Features } from './features.js';
export { everything, nothingMore } from './observe/everything.js';
export type { Observation } from './observe/observation.js';
export type { ObserveOptions } from './observe/observe.js';
export { RobotToken } from './robot-token.js';
