import { describe, expect, it } from 'vitest';
import { parseSlots } from './parse-slots.ts';

describe('parseSlots', () => {
  it('cuts a text at its slots', () => {
    expect(parseSlots('On {{certificate.issuedOn}}, {{ recipient.name }}')).toEqual([
      'On ',
      { slot: 'certificate.issuedOn' },
      ', ',
      { slot: 'recipient.name' },
    ]);
  });

  it("knows Sunbird's names in both of its spellings", () => {
    expect(parseSlots('${recipientName}')).toEqual([{ slot: 'recipient.name' }]);
    expect(parseSlots('{{credentialSubject.trainingName}}')).toEqual([{ slot: 'course.title' }]);
    expect(parseSlots('${qrCodeImage}')).toEqual([{ slot: 'qr' }]);
  });

  it('leaves an unknown ${...} as it is written, and takes an unknown {{...}} for an empty slot', () => {
    expect(parseSlots('${minFontSize}px')).toEqual(['${minFontSize}px']);
    expect(parseSlots('{{nothing}}')).toEqual([{ slot: 'nothing' }]);
  });

  it('takes every name of claims and meta, and no name of an object', () => {
    expect(parseSlots('{{claims.dose}}{{meta.seat-no}}')).toEqual([{ slot: 'claims.dose' }, { slot: 'meta.seat-no' }]);
    expect(parseSlots('${constructor}')).toEqual(['${constructor}']);
  });
});
