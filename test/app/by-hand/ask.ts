/** A call to Quay's API: method, path below `/api/v1`, body. */
export type ByHand = readonly [method: string, path: string, body?: object];

/** Somebody with a browser and an administrator's token. */
export interface Hand {
  /** The answer; a refusal is an error. */
  ask(...call: ByHand): Promise<unknown>;
  /** Whether Quay took it. */
  tries(...call: ByHand): Promise<boolean>;
}

/** A hand that talks to this Quay. */
export function handOn(url: string, token: string): Hand {
  const send = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    async ask(method, path, body) {
      const response = await send(method, path, body);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    async tries(method, path, body) {
      const response = await send(method, path, body);
      await response.text();
      return response.ok;
    },
  };
}
