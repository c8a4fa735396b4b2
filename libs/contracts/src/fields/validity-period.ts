import { z } from 'zod';

/** An ISO 8601 duration of years, months and days, in this order: `P2Y`, `P1Y6M`, `P90D`. */
export const validityPeriod = z
  .string()
  .regex(
    /^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,5}D)?$/,
    'must be an ISO 8601 duration in years, months and days, like P2Y',
  );
