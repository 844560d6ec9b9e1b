import { createHash } from 'node:crypto';
import { type QuayIntegration } from '../../api/index.js';
import { failureOf } from '../../converge/index.js';
import { type ConnectionSources, openConnection, type SecretSource } from '../../integration/index.js';
import { connectQuay, type FinishedCall, type Quay } from '../../quay/index.js';
import { type Usable } from './known-integration.js';

/** Keeps one connection to Quay for every integration, for as long as nothing that it is made of changes. */
export interface Connections {
  /** Reads credentials and certificates afresh; the connection is only another one where they are. */
  readonly open: (integration: QuayIntegration) => Promise<Usable<Quay>>;
  /** What is the same for all that reach one Quay with one token; undefined while there is no connection. */
  readonly identityOf: (name: string) => string | undefined;
  /** The tokens in use, for the log to leave out. */
  readonly secrets: () => readonly string[];
  readonly close: (name: string) => void;
  readonly closeAll: () => Promise<void>;
}

interface Options extends SecretSource {
  readonly onCall: (call: FinishedCall) => void;
  readonly callsPerSecond?: number;
  /** The variables of the process, for the proxy. Default: none. */
  readonly environment?: ConnectionSources['environment'];
}

interface Open {
  readonly fingerprint: string;
  readonly token: string;
  readonly quay: Quay;
}

// What is on its way over an old connection has this long to arrive.
const grace = 60_000;

/** No connections, to begin with. */
export function createConnections({ store, rule, onCall, callsPerSecond, environment = {} }: Options): Connections {
  const connections = new Map<string, Open>();
  const closeSlowly = ({ quay }: Open): void => {
    setTimeout(() => void quay.close(), grace).unref();
  };
  return {
    open: async (integration) => {
      const { name } = integration.metadata;
      const known = connections.get(name);
      try {
        const connection = await openConnection(integration, { environment, secrets: { store, rule } });
        const token = connection.token();
        const parts = [connection.url, String(connection.insecure), connection.ca ?? '', token];
        const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
        const isSame = known?.fingerprint === fingerprint;
        const quay = isSame
          ? known.quay
          : connectQuay({
              ...connection,
              onCall,
              userAgent: 'quayside-operator',
              ...(callsPerSecond !== undefined && { callsPerSecond }),
            });
        connections.set(name, { fingerprint, token, quay });
        if (!isSame && known !== undefined) closeSlowly(known);
        await quay.features();
        await quay.whoAmI();
        await quay.demandAdministration();
        return { value: quay };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
    identityOf: (name) => connections.get(name)?.fingerprint,
    secrets: () => [...connections.values()].map(({ token }) => token),
    close: (name) => {
      const known = connections.get(name);
      connections.delete(name);
      if (known !== undefined) closeSlowly(known);
    },
    closeAll: async () => {
      await Promise.all([...connections.values()].map(({ quay }) => quay.close()));
    },
  };
}
