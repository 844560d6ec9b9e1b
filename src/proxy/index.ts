export { type Proxy, proxyFor, proxyVariable } from './proxy-for.js';
