import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { signWebhook } from './sign-webhook.ts';

it('makes the signature of the published vector', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = Buffer.from('{"test": 2432232314}');
  expect(signWebhook('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_999, body, [key])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('is what a foreign verifier accepts, by each of the keys, for every body and no other', () => {
  fc.assert(
    fc.property(fc.json(), fc.integer({ min: 24, max: 64 }), (text, size) => {
      const keys = [randomBytes(size), randomBytes(32)];
      const headers = signWebhook('msg_1', Date.now(), Buffer.from(text), keys);
      for (const key of keys) {
        const verifier = new Webhook(`whsec_${key.toString('base64')}`);
        expect(verifier.verify(text, headers)).toEqual(JSON.parse(text));
        expect(() => verifier.verify(`${text} `, headers)).toThrow();
      }
    }),
  );
});

it('refuses an id that would move the borders of what is signed', () => {
  expect(() => signWebhook('msg_1.2', 0, Buffer.of(), [])).toThrow('dot');
});
