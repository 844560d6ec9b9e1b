import { type ApiResponse, json, page } from './message.js';
import { type ErrorType, type Problem } from './refusal.js';

/** Status code and explanation of each error type. */
export const errorTypes: Readonly<Record<ErrorType, { readonly status: number; readonly description: string }>> = {
  invalid_request: { status: 400, description: 'The request could not be understood.' },
  invalid_token: { status: 401, description: 'The request needs a valid token.' },
  insufficient_scope: { status: 403, description: 'The token does not carry the rights for this call.' },
  exceeds_license: { status: 402, description: 'The plan does not allow this.' },
  not_found: { status: 404, description: 'The resource was not found.' },
  tag_immutable: { status: 409, description: 'The tag is immutable.' },
};

const crashPage =
  '<html>\n  <head>\n    <title>Internal Server Error</title>\n  </head>\n  <body>\n' +
  '    <h1><p>Internal Server Error</p></h1>\n    \n  </body>\n</html>\n';

/** Puts a problem into its error shape. */
export function errorAnswer(problem: Problem, base: string): ApiResponse {
  switch (problem.shape) {
    case 'E1': {
      const { status } = errorTypes[problem.type];
      return json(
        {
          ...problem.extra,
          detail: problem.message,
          error_message: problem.message,
          error_type: problem.type,
          title: problem.type,
          type: `${base}/api/v1/error/${problem.type}`,
          status,
        },
        status,
      );
    }
    case 'E2':
      return json({ message: problem.message }, problem.status);
    case 'E3':
      return page(problem.status, JSON.stringify({ error: problem.message }));
    case 'E4':
      return json({ detail: problem.message }, problem.status);
    case 'E5':
      return { status: 500, contentType: 'text/html', body: crashPage };
  }
}
