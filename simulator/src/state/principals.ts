import { findUser } from './namespaces.js';
import { type Principal } from './model.js';
import { type State } from './state.js';

/** The user or robot of this name; organizations are none. */
export function findUserOrRobot(state: State, name: string): Principal | undefined {
  return state.robots.get(name) ?? findUser(state, name);
}

/** Whatever bears this name: user, robot or organization. */
export function findAnybody(state: State, name: string): Principal | undefined {
  return state.robots.get(name) ?? state.namespaces.get(name);
}
