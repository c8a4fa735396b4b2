import { z } from 'zod';

/** A moment as RFC 3339 with its offset: `2026-03-01T12:00:00Z`. */
export const instant = z.iso.datetime({ offset: true });
