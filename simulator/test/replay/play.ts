import { type Simulator } from '../../src/index.js';
import { type Bindings, matchText } from './bindings.js';
import { match } from './match.js';
import { relevantPart } from './reduce.js';
import { type RecordedResponse, type Scenario, type Step } from './scenario.js';
import { type Answer, send } from './send.js';
import { shapeOf } from './shape.js';

/** Plays the steps of a scenario one after the other; a step that differs throws. */
export interface Player {
  readonly play: (step: Step) => Promise<void>;
}

/** A player of one scenario against one simulator. */
export function createPlayer(scenario: Scenario, simulator: Simulator): Player {
  let bindings: Bindings = { base: simulator.url, placeholders: scenario.placeholders, values: new Map() };
  const playOnce = async (step: Step, each: string | undefined): Promise<void> => {
    if (!step.request || !step.response) return;
    const answer = await send(step.request, bindings, simulator.credentials, each);
    const accepted = [step.response, ...(step.alternatives ?? []).map(({ response }) => response)];
    const [met] = accepted.flatMap((recorded) => meet(withEach(recorded, each), answer, step, bindings) ?? []);
    if (!met) throw new Error(difference(step, answer));
    bindings = met;
  };
  return {
    play: async (step) => {
      if (step.control) simulator.runGarbageCollector();
      for (const each of step.repeat ?? [undefined]) await playOnce(step, each);
    },
  };
}

function withEach(recorded: RecordedResponse, each: string | undefined): RecordedResponse {
  if (each === undefined) return recorded;
  return JSON.parse(JSON.stringify(recorded).replaceAll('<each>', each)) as RecordedResponse;
}

function meet(recorded: RecordedResponse, answer: Answer, step: Step, bindings: Bindings): Bindings | undefined {
  const { status, contentType, body, parsed } = answer;
  if (status !== recorded.status || contentType !== recorded.contentType) return undefined;
  if (shapeOf(status, contentType, body, parsed) !== recorded.shape) return undefined;
  if (recorded.allow !== undefined && recorded.allow !== answer.allow) return undefined;
  if (recorded.location !== undefined && !matchText(recorded.location, answer.location ?? '', bindings))
    return undefined;
  switch (recorded.bodyKind) {
    case 'empty':
      return body === '' ? bindings : undefined;
    case 'html':
      return body.trimStart().startsWith('<') ? bindings : undefined;
    case 'text':
      return body !== '' && parsed === undefined ? bindings : undefined;
    case 'json':
      if (parsed === undefined || recorded.body === undefined) return parsed === undefined ? undefined : bindings;
      return match(recorded.body, relevantPart(parsed, step), bindings, step.unordered ?? []);
  }
}

function difference(step: Step, answer: Answer): string {
  const { parsed, ...rest } = answer;
  const shown = parsed === undefined ? rest : { ...rest, body: relevantPart(parsed, step) };
  return `recorded:\n${JSON.stringify(step.response, null, 1)}\nanswered:\n${JSON.stringify(shown, null, 1)}`;
}
