import pg from 'pg';
import { Failure } from '../failure.ts';
import { probeKafka } from '../kafka/probe-kafka.ts';

// uuidv7() came with it.
const LEAST_POSTGRES = 18;

/** Checks of what stands in for a part of the embedded stack: each throws a Failure that names the variable. */
export const realParts = {
  async kafka(brokers: string): Promise<string> {
    const tries = await Promise.all(
      brokers.split(',').map(async (broker) => {
        const [, host = '', port = ''] = /^\s*\[?(.+?)\]?:(\d+)\s*$/.exec(broker) ?? [];
        if (host === '') return `"${broker}" is not host:port`;
        return probeKafka(host, Number(port), 5_000).then(
          () => undefined,
          (error: Error) => error.message,
        );
      }),
    );
    if (tries.every((complaint) => complaint !== undefined)) {
      throw new Failure(
        `No broker of KAFKA_BROKERS answers: ${tries.join('; ')}.`,
        'Start it or correct KAFKA_BROKERS (host:port, comma between several); left out, an embedded broker is used.',
      );
    }
    return brokers;
  },

  async postgres(url: string): Promise<string> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ version: number }>(
        "select current_setting('server_version_num')::int as version",
      );
      const [{ version } = { version: 0 }] = rows;
      if (version >= LEAST_POSTGRES * 10_000) return url;
      throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}, and ${LEAST_POSTGRES} is needed`);
    } catch (error) {
      throw new Failure(
        `The server of DATABASE_URL (${new URL(url).host}) cannot be used: ${(error as Error).message}.`,
        'Start it, or correct host, user and password in DATABASE_URL; left out, an embedded PostgreSQL is used.',
      );
    } finally {
      await client.end().catch(() => undefined);
    }
  },

  async oidc(issuer: string): Promise<string> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch((error: Error) => error);
    if (answer instanceof Error || !answer.ok) {
      const said =
        answer instanceof Error
          ? (answer.cause instanceof Error ? answer.cause : answer).message
          : String(answer.status);
      throw new Failure(
        `The issuer of OIDC_ISSUER gives no discovery document: ${address} answers ${said}.`,
        'Start it or correct OIDC_ISSUER; left out, an embedded one is used.',
      );
    }
    return issuer;
  },
};
