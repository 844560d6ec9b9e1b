export { createFeed, type Feed } from './feed.js';
export { type Asking, type FeedOptions } from './session.js';
export { type Changes, doubtWords, type Standing } from './standing.js';
