import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseSettings } from './parse-settings.ts';
import { SettingsError } from './settings-error.ts';
import { settingsSchema } from './settings-schema.ts';

const own = z.object({
  PAGE_SIZE: z.coerce.number().int().min(1).default(20).meta({ description: 'Rows per page.', example: '20' }),
  SIGNING_SECRET: z.string().min(12).meta({ description: 'Signs things.', secret: true }),
});
const complete = {
  SIGNING_SECRET: 'correct horse',
  DATABASE_URL: 'postgres://me:hunter22@db:5432/lms',
  KAFKA_BROKERS: 'a:9092, b:9092',
};

function problemsOf(environment: Record<string, string>, usesDatabase = true): string[] {
  try {
    parseSettings(settingsSchema(own, usesDatabase), environment);
  } catch (error) {
    if (error instanceof SettingsError) return [...error.problems];
    throw error;
  }
  return [];
}

describe('parseSettings', () => {
  it('reads base, database and own settings with their defaults', () => {
    const settings = parseSettings(settingsSchema(own, true), { ...complete, PORT: '8080', EXTRA: 'ignored' });
    expect(settings).toMatchObject({
      PORT: 8080,
      HOST: '0.0.0.0',
      LAUREL_ENV: 'production',
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      TOPIC_PREFIX: '',
      DATABASE_POOL_SIZE: 8,
      PAGE_SIZE: 20,
      TENANT_CLAIM: 'tenant',
    });
    expect(settings).not.toHaveProperty('EXTRA');
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('takes an empty value as not set', () => {
    expect(parseSettings(settingsSchema(own, true), { ...complete, PORT: '', DEFAULT_TENANT: '' })).toMatchObject({
      PORT: 3000,
    });
    expect(problemsOf({ ...complete, KAFKA_BROKERS: '' })).toEqual([
      expect.stringContaining('KAFKA_BROKERS is missing'),
    ]);
  });

  it('tells every error at once, with name, fault and fix', () => {
    const problems = problemsOf({
      PORT: '99999',
      LOG_LEVEL: 'loud',
      DEFAULT_TENANT: 'Acme!',
      PAGE_SIZE: 'many',
      CRASH_POINTS: 'x',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'CRASH_POINTS',
      'DATABASE_URL',
      'DEFAULT_TENANT',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'PAGE_SIZE',
      'PORT',
      'SIGNING_SECRET',
    ]);
    expect(problems).toContain(
      'PORT must be at most 65535. The port that HTTP listens on; 0 takes a free one and logs it. Set it like PORT=3000',
    );
    expect(problems.find((problem) => problem.startsWith('DATABASE_URL'))).toBe(
      'DATABASE_URL is missing. The PostgreSQL database of this service, with its own role. Set it like DATABASE_URL=postgres://role:password@host:5432/database',
    );
    expect(problems.find((problem) => problem.startsWith('LOG_LEVEL'))).toContain('must be one of trace, debug');
    expect(problems.find((problem) => problem.startsWith('PAGE_SIZE'))).toContain('must be a number');
    expect(problemsOf({ ...complete, SIGNING_SECRET: 'short', OIDC_ISSUER: 'login' })).toEqual([
      expect.stringMatching(/^OIDC_ISSUER must be a URL such as https:/),
      expect.stringMatching(/^SIGNING_SECRET must have at least 12 characters\./),
    ]);
  });

  it('never shows a value, secret or not', () => {
    const environment = {
      DATABASE_URL: 'mysql://me:hunter22@db/lms',
      SIGNING_SECRET: 'too-short',
      KAFKA_BROKERS: 'hunter23',
      LOG_LEVEL: 'hunter24',
      OIDC_ISSUER: 'ftp://hunter25',
    };
    const text = new SettingsError(problemsOf(environment)).message;
    expect(text).toContain('5 settings are wrong');
    for (const value of [...Object.values(environment), 'hunter']) expect(text).not.toContain(value);
  });

  it('refuses crash points in production, which is the default', () => {
    expect(problemsOf({ ...complete, CRASH_POINTS: 'relay.after-send=kill' })).toEqual([
      expect.stringMatching(/^CRASH_POINTS is refused in production\. Remove it, or set LAUREL_ENV=test/),
    ]);
    expect(problemsOf({ ...complete, CRASH_POINTS: 'relay.after-send=kill', LAUREL_ENV: 'test' })).toEqual([]);
    expect(problemsOf({ ...complete, CRASH_POINTS: 'relay.after-send=kill', NODE_ENV: 'test' })).toHaveLength(1);
  });

  it('wants https of the issuer in production, but on this machine', () => {
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'http://login.example.org' })).toEqual([
      expect.stringContaining('OIDC_ISSUER must be https in production'),
    ]);
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'http://127.0.0.1:4000' })).toEqual([]);
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'http://localhost.example.org' })).toHaveLength(1);
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'https://login.example.org' })).toEqual([]);
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'http://login.example.org', LAUREL_ENV: 'embedded' })).toEqual([]);
  });

  it('refuses the audience of calls between services as the one of everybody', () => {
    expect(problemsOf({ ...complete, OIDC_AUDIENCE: 'laurel-internal' })).toHaveLength(1);
  });

  it('asks a service without a database for none, and for no broker', () => {
    expect(problemsOf({ SIGNING_SECRET: complete.SIGNING_SECRET }, false)).toEqual([]);
  });

  it('lets no service give a shared name another meaning', () => {
    expect(() => settingsSchema(z.object({ PORT: z.string() }), false)).toThrow('PORT is a setting of every service');
    expect(() => settingsSchema(z.object({ DATABASE_URL: z.string() }), false)).toThrow('DATABASE_URL');
    expect(() => settingsSchema(z.object({ pageSize: z.string() }), false)).toThrow('pageSize cannot be a variable');
  });
});
