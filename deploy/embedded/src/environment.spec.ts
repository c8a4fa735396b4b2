import { afterEach, expect, it, vi } from 'vitest';
import { environment } from './environment.ts';

afterEach(() => vi.unstubAllEnvs());

it('names the variable that cannot be used', () => {
  vi.stubEnv('OIDC_ISSUER', 'login');
  expect(() => environment()).toThrow('OIDC_ISSUER has to be a URL');
});

it('takes an empty variable for an absent one, and hands on to children only what they need', () => {
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('SOME_SECRET', 'x');
  vi.stubEnv('NODE_COMPILE_CACHE', 'compiled');
  const { settings, inherited } = environment();
  expect(settings.DATABASE_URL).toBeUndefined();
  expect(inherited).toHaveProperty('PATH');
  expect(inherited).toHaveProperty('NODE_COMPILE_CACHE', 'compiled');
  expect(inherited).not.toHaveProperty('SOME_SECRET');
});
