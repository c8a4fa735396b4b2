import { describe, expect, test } from 'vitest';
import { QueryFailedError } from 'typeorm';
import { classifyError } from './classify-error.ts';
import { PermanentError, TransientError } from './handling-errors.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
const canary = 'asha@example.org';

describe('classifyError', () => {
  test.each([
    ...['08000', '08001', '08003', '08004', '08006', '08007', '08P01'],
    ...['28000', '28P01', '3D000', '25006', '25P03', '25P04'],
    ...['40001', '40003', '40P01', '53000', '53100', '53200', '53300', '53400', '55P03'],
    ...['57014', '57P01', '57P02', '57P03', '57P04', '57P05', '58030'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  ])('%s is an outage', (code) => {
    const verdict = { class: 'transient', dependency: 'postgres', reason: code };
    expect(classifyError(coded(code))).toEqual(verdict);
    expect(classifyError(new Error('wrapped', { cause: new Error('twice', { cause: coded(code) }) }))).toEqual(verdict);
    expect(classifyError(new QueryFailedError('SELECT 1', [], coded(code)))).toEqual(verdict);
  });

  test.each([
    '22001',
    '22P02',
    '23502',
    '23505',
    '23503',
    '42601',
    '42P01',
    '42501',
    'XX000',
    'P0001',
    'EACCES',
    'ENOENT',
  ])('%s is a bug', (code) => {
    const { class: errorClass, reason } = classifyError(
      new QueryFailedError('SELECT 1', [canary], coded(code, canary)),
    );
    expect(errorClass).toBe('bug');
    expect(reason).toContain(`QueryFailedError ${code}`);
    expect(reason).not.toContain(canary);
  });

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Query runner already released. Cannot run queries anymore.',
    'Database connection provided by a query runner was already released, cannot continue to use its querying methods anymore.',
    'Driver not Connected',
    'Connection with postgres database is not established. Check connection configuration.',
  ])('"%s" is a lost connection', (message) => {
    expect(classifyError(new Error(message))).toEqual({
      class: 'transient',
      dependency: 'postgres',
      reason: 'connection lost',
    });
    expect(classifyError(new Error(`the batch "${message}" is unknown`)).class).toBe('bug');
  });

  test('what a handler says of its own errors stands, however deep', () => {
    const transient = new TransientError('chromium', 'no slot');
    const permanent = new PermanentError('score: missing');
    expect(classifyError(transient)).toEqual({ class: 'transient', dependency: 'chromium', reason: 'no slot' });
    expect(classifyError(new Error('wrapped', { cause: permanent }))).toEqual({
      class: 'permanent',
      reason: 'score: missing',
    });
  });

  test('the reason of a bug says where it struck, and never what it says', () => {
    const error = new TypeError(`cannot read ${canary}\n    at ${canary} (/libs/${canary}.ts:1:1)`);
    expect(classifyError(error).reason).toMatch(
      /^TypeError at libs\/messaging\/src\/errors\/classify-error\.spec\.ts:\d+$/,
    );
    error.name = `a name that quotes ${canary}`;
    expect(classifyError(Object.assign(error, { code: canary })).reason).not.toContain(canary);
    for (const thrown of [canary, { message: canary }, undefined, null, 7]) {
      const { class: errorClass, reason } = classifyError(thrown);
      expect(errorClass).toBe('bug');
      expect(reason).not.toContain(canary);
    }
  });

  test("TypeORM's wrapping tells what the driver said", () => {
    const lost = new QueryFailedError('SELECT 1', [], new Error('Connection terminated unexpectedly'));
    expect(classifyError(lost).class).toBe('transient');
    const wrapped = Object.assign(new Error('a query failed'), { driverError: coded('57P01') });
    expect(classifyError(wrapped)).toMatchObject({ class: 'transient', reason: '57P01' });
  });

  test('an error that is its own cause ends', () => {
    const error = new Error('round');
    error.cause = error;
    expect(classifyError(error).class).toBe('bug');
  });
});
