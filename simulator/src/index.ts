export type { Fixtures, SimulatorOptions } from './options.js';
export { readScenario } from './scenario.js';
export type { ScenarioSetting } from './scenario.js';
export { startSimulator } from './start.js';
export type { Simulator } from './start.js';
export type { FaultRule, Faults } from './http/faults.js';
export type { LoggedRequest, RequestCounts, RequestLog } from './http/request-log.js';
export type { State } from './state/state.js';
