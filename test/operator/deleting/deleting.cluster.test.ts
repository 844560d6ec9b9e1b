import './counted-deletions.js';
import './debounced-deletions.js';
import './deletion-limit.js';
import './edited-while-deleting.js';
