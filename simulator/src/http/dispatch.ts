import { audited } from '../audit/record.js';
import { callerOf } from '../auth/caller.js';
import { type Call, type Handler, type Simulation } from './call.js';
import { errorAnswer } from './error-answer.js';
import { type Match, type Matcher } from './match.js';
import { type ApiRequest, type ApiResponse, emptyPage } from './message.js';
import { crash, guarded, Refusal } from './refusal.js';
import { type Method, methodsOf } from './route.js';
import { missingPage, notAllowedApi, notAllowedPage, redirect } from './routing-answer.js';

/** An answer, and the template of the route that gave it. */
export interface Dispatched {
  readonly response: ApiResponse;
  readonly template: string;
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const noRoute = '(no route)';

/** Routes a request, applies the guards around every call, and runs its handler. */
export function dispatch(simulation: Simulation, matcher: Matcher, request: ApiRequest): Dispatched {
  const path = decoded(request.path);
  const matches = matcher(segmentsOf(path));
  if (request.method === 'OPTIONS' && matches.length > 0) {
    return { response: emptyPage(200, { allow: allowed(matches).join() }), template: noRoute };
  }
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const chosen = choose(matcher, path, matches, method);
  if (chosen === 'slash') return { response: redirect(simulation, request, `${request.path}/`), template: noRoute };
  if (chosen)
    return { response: withoutBody(request, run(simulation, request, chosen)), template: chosen.match.route.template };
  return { response: unmatched(simulation, matcher, request, matches), template: noRoute };
}

interface Chosen {
  readonly match: Match;
  readonly handler: Handler;
}

/** The handler for the method; a sub-resource that only lacks its slash goes before the repository. */
function choose(
  matcher: Matcher,
  path: string,
  matches: readonly Match[],
  method: string,
): Chosen | 'slash' | undefined {
  const served = matches.filter(({ route }) => handlerOf(route.methods, method));
  const specific = served.find(({ route }) => route.template !== '/api/v1/repository/{repository}');
  if (!specific && !path.endsWith('/')) {
    const slashed = matcher(segmentsOf(`${path}/`));
    if (slashed.some(({ route }) => handlerOf(route.methods, method))) return 'slash';
  }
  const match = specific ?? served[0];
  const handler = match && handlerOf(match.route.methods, method);
  return handler && { match, handler };
}

function handlerOf(methods: Readonly<Partial<Record<Method, Handler>>>, method: string): Handler | undefined {
  return Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
}

function run(simulation: Simulation, request: ApiRequest, { match, handler }: Chosen): ApiResponse {
  const call: Call = {
    simulation,
    request,
    params: match.params,
    caller: callerOf(simulation.state, request.authorization, simulation.clock()),
  };
  try {
    guard(call, match);
    const write = audited(call, match.route.template);
    const response = handler(call);
    write(response);
    return response;
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.problem, simulation.base);
    // A fault of the simulator itself: it looks like a crash of the real server, but says what it is.
    const text = error instanceof Error ? error.message : String(error);
    return {
      ...errorAnswer(crash().problem, simulation.base),
      headers: { 'x-simulator-fault': encodeURIComponent(text) },
    };
  }
}

function guard(call: Call, { route }: Match): void {
  if (call.caller.user || route.open) return;
  if (!reading.has(call.request.method)) throw guarded('CSRF token was invalid or missing.', 403);
  if (call.simulation.features.ANONYMOUS_ACCESS === false && !route.web) {
    throw guarded('Anonymous access is not allowed', 401);
  }
}

function unmatched(
  simulation: Simulation,
  matcher: Matcher,
  request: ApiRequest,
  matches: readonly Match[],
): ApiResponse {
  const merged = request.path.replace(/\/{2,}/g, '/');
  if (merged !== request.path && matcher(segmentsOf(decoded(merged))).length > 0)
    return redirect(simulation, request, merged);
  if (reading.has(request.method)) {
    return request.path.endsWith('/') ? missingPage() : redirect(simulation, request, `${request.path}/`);
  }
  return matches.length > 0 ? notAllowedApi(allowed(matches)) : notAllowedPage();
}

function allowed(matches: readonly Match[]): readonly string[] {
  return [...new Set(['GET', 'HEAD', 'OPTIONS', ...matches.flatMap(({ route }) => methodsOf(route))])].sort();
}

function withoutBody(request: ApiRequest, response: ApiResponse): ApiResponse {
  return request.method === 'HEAD' ? { ...response, body: '' } : response;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
