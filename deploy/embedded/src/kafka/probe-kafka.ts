import { connect } from 'node:net';

const METADATA = 3;
const CLIENT = 'laurel-probe';

/**
 * Asks a broker for the cluster's metadata (Metadata v1 of the Kafka protocol, without topics) and gives how many brokers take
 * part. A broker that has opened its port but is not yet part of its cluster answers 0. Rejects when nothing answers in time.
 * This is only the question of a launcher; whatever needs more of Kafka goes through @laurel/messaging.
 */
export async function probeKafka(host: string, port: number, timeoutMs = 2_000): Promise<number> {
  const request = metadataRequest();
  const socket = connect({ host, port });
  return new Promise<number>((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.setTimeout(timeoutMs, () => reject(new Error(`${host}:${port} did not answer in ${timeoutMs} ms`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${host}:${port} closed the connection without an answer`)));
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const answer = Buffer.concat(chunks);
      // size (int32), correlation id (int32), then the array of brokers, whose length comes first (int32).
      if (answer.length >= 12 && answer.length >= answer.readInt32BE(0) + 4) resolve(answer.readInt32BE(8));
    });
  }).finally(() => socket.destroy());
}

function metadataRequest(): Buffer {
  const body = Buffer.alloc(4 + 2 + 2 + 4 + 2 + CLIENT.length + 4);
  let at = body.writeInt32BE(body.length - 4, 0);
  at = body.writeInt16BE(METADATA, at);
  at = body.writeInt16BE(1, at);
  at = body.writeInt32BE(1, at);
  at = body.writeInt16BE(CLIENT.length, at);
  at += body.write(CLIENT, at, 'latin1');
  body.writeInt32BE(0, at);
  return body;
}
