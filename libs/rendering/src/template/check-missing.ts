import type { Finding } from './markup.ts';

interface Wanted {
  /** One of these is enough. */
  readonly slots: readonly RegExp[];
  readonly level?: 'advice';
  readonly reason: string;
  readonly advice: string;
}

const WANTED: readonly Wanted[] = [
  {
    slots: [/^recipient\.name$/],
    reason: 'The template has no place for the name of its recipient.',
    advice: 'Add <text ...>{{recipient.name}}</text> in SVG, <h1>{{recipient.name}}</h1> in HTML.',
  },
  {
    slots: [/^achievement\.name$/, /^course\.title$/, /^claims\./],
    level: 'advice',
    reason: 'The template does not say by a slot what the certificate is for.',
    advice: 'Add {{achievement.name}} or {{course.title}}, unless it is written there for everyone.',
  },
  {
    slots: [/^certificate\.issuedOn$/, /^completion\.completedOn$/],
    level: 'advice',
    reason: 'The template shows no date.',
    advice: 'Add {{certificate.issuedOn}} or {{completion.completedOn}}.',
  },
  {
    slots: [/^certificate\.number$/, /^verify\.url$/],
    level: 'advice',
    reason: 'Who cannot scan the QR code has nothing to type.',
    advice: 'Add {{certificate.number}} or {{verify.url}} in small letters.',
  },
];

/** What a certificate should show, and this template has no slot for. */
export function checkMissing(slots: readonly string[]): Finding[] {
  return WANTED.filter((wanted) => !slots.some((slot) => wanted.slots.some((one) => one.test(slot)))).map(
    ({ level, reason, advice }) => ({
      at: 0,
      rule: 'missing-slot',
      ...(level === undefined ? {} : { level }),
      reason,
      advice,
    }),
  );
}
