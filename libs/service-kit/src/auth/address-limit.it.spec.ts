import { Controller, Get, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { Public } from './public.decorator.ts';

@Public()
@Controller()
class OpenController {
  @Get('read')
  read(): object {
    return {};
  }

  @Post('check')
  check(): object {
    return {};
  }
}

@Module({ controllers: [OpenController] })
class TestModule {}

let service: Service;
let url: string;

beforeAll(async () => {
  service = await createService(
    {
      ...{ name: 'asset-store', settings: z.object({}), module: TestModule },
      publicLimits: () => ({ readsPerMinute: 5, postsPerMinute: 2 }),
    },
    { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' },
  );
  url = await service.start();
});
afterAll(() => service.stop());

/** As a proxy passes it on from an address. */
const from = (address: string, method = 'GET') =>
  fetch(`${url}/${method === 'GET' ? 'read' : 'check'}`, { method, headers: { 'x-forwarded-for': address } });
const statuses = async (count: number, address: (time: number) => string, method?: string) => {
  const found: number[] = [];
  for (let time = 0; time < count; time++) found.push((await from(address(time), method)).status);
  return found;
};

it('lets an address read so often and check less often, and tells when to go on', async () => {
  expect(await statuses(7, () => '203.0.113.1')).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(await statuses(3, () => '203.0.113.1', 'POST')).toEqual([201, 201, 429]);
  const refused = await from('203.0.113.1');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(await refused.json()).toMatchObject({ type: 'urn:laurel:problem:too-many-requests', status: 429 });
  // The others are not concerned.
  expect(await statuses(1, () => '203.0.113.2')).toEqual([200]);
});

it('takes a /64 of IPv6 for one address', async () => {
  expect(await statuses(6, (time) => `2001:db8:1:2::${time + 1}`)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(await statuses(1, () => '2001:db8:1:3::1')).toEqual([200]);
});

it('believes only proxies: whoever writes more before the address of the last one is still that one', async () => {
  const invented = (time: number) => `198.51.100.${time}, 203.0.113.9`;
  expect(await statuses(6, invented)).toEqual([200, 200, 200, 200, 200, 429]);
});

it('counts nothing against a route that does not exist', async () => {
  const missing = await fetch(`${url}/nothing`, { headers: { 'x-forwarded-for': '203.0.113.1' } });
  expect(missing.status).toBe(404);
});
