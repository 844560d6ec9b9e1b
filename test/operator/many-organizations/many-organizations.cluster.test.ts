// In this order: who is at rest has to show it before anything is planted for the next.
import './steady.js';
import './suspended.js';
