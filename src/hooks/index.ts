export { type Answered, type HookTarget, receive, type Receiver } from './receive.js';
