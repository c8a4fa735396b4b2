import { traceContext } from '@laurel/messaging';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.ts';
import type { Logger } from './logger.token.ts';
import { NestLog } from './nest-log.ts';

type Line = Record<string, unknown>;

function logged(write: (logger: Logger) => void): { text: string; lines: Line[] } {
  let text = '';
  write(createLogger({ app: 'lms', level: 'trace', destination: { write: (line) => void (text += line) } }));
  return {
    text,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  };
}

describe('createLogger', () => {
  it('writes one schema with the ids of the work at hand', () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const context = {
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      correlationId: 'c-1',
      eventId: 'e-1',
      tenantId: 'acme',
    };
    const { lines } = logged((logger) => {
      traceContext.run(context, () => logger.info({ topic: 'course.completed' }, 'A slice was handled'));
      logger.info('Outside of any work');
    });
    expect(lines[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
      app: 'lms',
      traceId,
      correlationId: 'c-1',
      eventId: 'e-1',
      tenantId: 'acme',
      topic: 'course.completed',
      msg: 'A slice was handled',
    });
    expect(Object.keys(lines[1] ?? {})).toEqual(['level', 'time', 'app', 'msg']);
  });

  it('removes fields that are somebody’s data, however deep and however written', () => {
    const { text, lines } = logged((logger) => {
      logger.info(
        { recipient: { name: 'Asha Rao' }, a: [{ given_name: 'Asha', ok: 1 }], EMAIL: 'x', learner_id: 'Rao-7' },
        'm',
      );
      logger.info(
        { body: { x: 'Asha' }, headers: { authorization: 'Bearer t0ken' }, payload: 'Rao', bytes: Buffer.from('Asha') },
        'm',
      );
      logger
        .child({ part: { password: 'Asha' } })
        .info({ a: { b: { c: { d: { e: { f: { g: { h: { i: 'Rao' } } } } } } } } }, 'm');
    });
    expect(text).not.toMatch(/Asha|Rao|t0ken/);
    expect(lines[0]).toMatchObject({ recipient: '[removed]', a: [{ given_name: '[removed]', ok: 1 }] });
  });

  it('removes addresses and the user part of URLs from every sentence', () => {
    const { text } = logged((logger) => {
      logger.warn('asha.rao+x@mail.example.org did not fit');
      logger.warn({ err: new Error('connect postgres://lms:hunter22@db:5432/lms') }, 'No connection');
      logger.info({ at: 'node_modules/@nestjs/core/index.js' }, 'keeps what is no address');
    });
    expect(text).not.toMatch(/asha|hunter22/);
    expect(text).toContain('node_modules/@nestjs/core/index.js');
    expect(text).toContain('postgres://[removed]@db:5432/lms');
  });

  it('logs of a database error what names the place, and none of the row', () => {
    const driver = Object.assign(new Error('invalid input syntax for type uuid: "asha-rao"'), {
      code: '22P02',
      detail: 'Key (email)=(asha) already exists.',
      table: 'learner',
      constraint: 'learner_email',
      parameters: ['asha'],
    });
    const error = new QueryFailedError('INSERT INTO learner VALUES ($1)', ['asha'], driver);
    const { text, lines } = logged((logger) => {
      logger.error({ err: error }, 'It failed');
      logger.error(error);
      logger.error({ err: new Error('outer', { cause: error }) });
      logger.error({ other: error, err: new AggregateError([driver], 'many') }, 'nested');
    });
    expect(text).not.toContain('asha');
    expect(lines[0]?.['err']).toMatchObject({
      type: 'QueryFailedError',
      code: '22P02',
      table: 'learner',
      constraint: 'learner_email',
    });
    expect((lines[0]?.['err'] as Line)['stack']).toContain('create-logger.spec.ts');
    expect(lines[1]?.['msg']).toBe('invalid input syntax for type uuid: [value]');
    expect((lines[2]?.['err'] as Line)['cause']).toMatchObject({ code: '22P02' });
    expect((lines[3]?.['err'] as Line)['errors']).toHaveLength(1);
  });

  it('does not quote what JSON.parse could not read', () => {
    const { text } = logged((logger) => {
      try {
        JSON.parse('asha {');
      } catch (err) {
        logger.error({ err });
      }
    });
    expect(text).not.toContain('asha');
    expect(text).toContain('not valid JSON');
  });

  it('survives what is thrown without being an error, and circles', () => {
    const circle: Line = {};
    circle['self'] = circle;
    const { lines } = logged((logger) => {
      logger.error({ err: new Error('x', { cause: 'a string' }), circle }, 'm');
    });
    expect(lines).toHaveLength(1);
  });
});

describe('NestLog', () => {
  it('keeps Nest’s levels, contexts and errors, and makes its start-up talk debug', () => {
    const { lines } = logged((logger) => {
      const nest = new NestLog(logger);
      nest.log('Mapped {/x, GET} route', 'RouterExplorer');
      nest.log('hello', 'MyService');
      nest.error(new Error('broken'), 'stack\nof lines', 'MyService');
      nest.warn('careful');
    });
    expect(lines.map(({ level, context, msg }) => [level, context, msg])).toEqual([
      ['debug', 'RouterExplorer', 'Mapped {/x, GET} route'],
      ['info', 'MyService', 'hello'],
      ['error', 'MyService', 'broken'],
      ['warn', undefined, 'careful'],
    ]);
    expect(lines[2]?.['err']).toMatchObject({ type: 'Error' });
  });
});
