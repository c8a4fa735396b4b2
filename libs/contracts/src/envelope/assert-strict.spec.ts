import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { certificateRequested } from '../events/certificate-requested.contract.ts';
import { assertStrict, ContractBroken } from './assert-strict.ts';

const request = () => structuredClone(certificateRequested.examples[0]!) as Record<string, unknown>;
const refusal = (data: unknown) => {
  try {
    assertStrict(certificateRequested, data);
  } catch (error) {
    if (error instanceof ContractBroken) return error.message;
    throw error;
  }
  return 'taken';
};

describe('a strict producer', () => {
  it.each((catalogue as readonly Contract[]).map((contract) => [contract.type, contract] as const))(
    'may send the examples of %s',
    (_, contract) => {
      expect(() => contract.examples.forEach((example) => assertStrict(contract, example))).not.toThrow();
    },
  );

  it('is told the path of a member that the contract does not know, however deep', () => {
    expect(refusal({ ...request(), extra: 1 })).toBe('certificate.requested.v1: extra is not in the contract');
    const { recipient } = certificateRequested.examples[0]!;
    expect(refusal({ ...request(), recipient: { ...recipient, phone: 'CANARY' } })).toBe(
      'certificate.requested.v1: recipient.phone is not in the contract',
    );
    expect(refusal({ ...request(), issue: { kind: 'first', certificateId: 'CANARY' } })).toBe(
      'certificate.requested.v1: issue.certificateId is not in the contract',
    );
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is not fooled by the inherited name %s',
    (name) => {
      const data = JSON.parse(JSON.stringify(request()).replace('{', `{"${name}":{},`));
      expect(refusal(data)).toBe(`certificate.requested.v1: ${name} is not in the contract`);
    },
  );

  it('may have what is undefined, which JSON leaves out, and any names where names are free', () => {
    expect(refusal({ ...request(), award: undefined, nothing: undefined })).toBe('taken');
    expect(refusal({ ...request(), claims: { any: { thing: ['at', { all: null }] } } })).toBe('taken');
  });

  it('is told what is wrong without the value, and without names that the contract does not know', () => {
    const secrets = { occasion: { 'CANARY one': 'x' }, claims: { CANARY: 1n }, decidedAt: 'CANARY' };
    const message = refusal({ ...request(), ...secrets, issue: { kind: 'CANARY' } });
    expect(message).toContain('occasion.*: ');
    expect(message).toContain('claims.*: must be JSON');
    expect(message).toContain('decidedAt: ');
    expect(message).not.toContain('CANARY');
  });

  it('is stopped where JSON would say something else than the object', () => {
    expect(refusal({ ...request(), claims: { when: new Date() } })).toContain('claims.*: must be JSON');
    expect(refusal({ ...request(), claims: { score: Number.NaN } })).toContain('claims.*: must be JSON');
  });
});
