import { z } from 'zod';

const answer = z.record(z.string(), z.number());

/** The counts of all services in one line ("recorded 12 · counted 12"), a service that does not answer as "name –". */
export async function counts(
  services: readonly { name: string; address: string }[],
  token: () => Promise<string>,
): Promise<string> {
  const parts = await Promise.all(
    services.map(async ({ name, address }) => {
      try {
        const response = await fetch(`${address}/counts`, {
          headers: { authorization: `Bearer ${await token()}` },
          signal: AbortSignal.timeout(2_000),
        });
        if (!response.ok) return `${name} answers ${response.status}`;
        return Object.entries(answer.parse(await response.json()))
          .map(([what, count]) => `${what} ${count.toLocaleString('en')}`)
          .join(' · ');
      } catch {
        return `${name} –`;
      }
    }),
  );
  return parts.join(' · ');
}
