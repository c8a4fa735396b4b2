import type { Finding } from './markup.ts';

/** How wide a QR code has to be on paper, white margin included: telephones read 20 mm, scanners of a photocopy want more. */
export const QR_MM = {
  least: 20,
  good: 25,
  /** What is said of one that is less than `good`. */
  finding(size: number): Omit<Finding, 'at'> {
    const isReadable = size >= QR_MM.least - 0.05;
    return {
      rule: 'qr',
      ...(isReadable ? { level: 'advice' } : {}),
      reason: `The QR code is ${size.toFixed(1)} mm wide; ${isReadable ? `a copy or a fax is read from ${QR_MM.good} mm` : `telephones need ${QR_MM.least} mm`}.`,
      advice: `Make its place ${isReadable ? QR_MM.good : QR_MM.least} mm or wider, with its white margin inside.`,
    };
  },
} as const;
