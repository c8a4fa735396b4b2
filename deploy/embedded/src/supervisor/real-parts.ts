import { Failure } from '../failure.ts';
import { probeKafka } from '../kafka/probe-kafka.ts';
import { probePostgres } from '../postgres/probe-postgres.ts';

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
    if (!(await probePostgres(url, 5_000))) {
      throw new Failure(
        `The server of DATABASE_URL (${new URL(url).host}) does not answer \`select 1\`.`,
        'Start it, or correct host, user and password in DATABASE_URL; left out, an embedded PostgreSQL is used.',
      );
    }
    return url;
  },

  async oidc(issuer: string): Promise<string> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch((error: Error) => error);
    if (answer instanceof Error || !answer.ok) {
      const said = answer instanceof Error ? String(answer.cause ?? answer.message) : String(answer.status);
      throw new Failure(
        `The issuer of OIDC_ISSUER gives no discovery document: ${address} answers ${said}.`,
        'Start it or correct OIDC_ISSUER; left out, an embedded one is used.',
      );
    }
    return issuer;
  },
};
