import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderSettingsPage } from './settings-page.ts';

describe('renderSettingsPage', () => {
  it('lists shared settings once and each service’s own, in the order of their names', () => {
    const page = renderSettingsPage([
      { name: 'webhook-dispatcher', settings: z.object({}) },
      {
        name: 'lms',
        settings: z.object({
          API_KEY: z.string().default('not-for-the-page').meta({ description: 'Opens a | door.', secret: true }),
          LIMIT: z.coerce.number().default(5).meta({ description: 'How many.', example: '5' }),
          NICKNAME: z.string().optional().meta({ description: 'May be left out.' }),
        }),
      },
    ]);
    expect(page.match(/\| `PORT` \|/g)).toHaveLength(1);
    expect(page).toContain(
      '| `PORT` | `3000` | The port that HTTP listens on; 0 takes a free one and logs it. | `3000` |',
    );
    expect(page).toContain('| `DATABASE_URL` | secret |');
    expect(page).toContain('| `TOPIC_PREFIX` | empty |');
    expect(page).toContain('| `KAFKA_BROKERS` | must be set |');
    expect(page).toContain('| `API_KEY` | secret | Opens a \\| door. |  |');
    expect(page).not.toContain('not-for-the-page');
    expect(page).toContain('| `LIMIT` | `5` | How many. | `5` |');
    expect(page).toContain('| `NICKNAME` | none |');
    expect(page.indexOf('## lms')).toBeLessThan(page.indexOf('## webhook-dispatcher'));
    expect(page).toContain('## webhook-dispatcher\nIt has no settings of its own.');
  });

  it('tells a default as one writes it, and refuses one that would be read as something else', () => {
    const seconds = z.string().transform((text) => text.split(',').map((step) => Number(step) * 1_000));
    const pageOf = (STEPS: z.ZodType) => renderSettingsPage([{ name: 'lms', settings: z.object({ STEPS }) }]);
    expect(pageOf(seconds.prefault('5,300').meta({ description: 'Steps.' }))).toContain('| `STEPS` | `5,300` |');
    expect(() => pageOf(seconds.default([5_000, 300_000]).meta({ description: 'Steps.' }))).toThrow(
      'The default of STEPS of lms would be read as something else',
    );
  });

  it('fails for a setting that nobody described', () => {
    expect(() => renderSettingsPage([{ name: 'lms', settings: z.object({ LIMIT: z.string() }) }])).toThrow(
      'The setting LIMIT of lms has no description',
    );
  });
});
