import { addDuration, requestFirst } from '@laurel/certificates';
import { type CertificateRequested, stableUuid } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { validationProblem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { IssuerRepository, type IssuerRow } from '../issuers/issuer.repository.ts';
import { unknownIssuer } from '../issuers/unknown-issuer.ts';
import {
  KnownAssetRepository,
  type KnownCredentialType,
  type KnownTemplate,
} from '../known-assets/known-asset.repository.ts';
import { notHeardOf } from '../known-assets/not-heard-of.ts';
import { certificateConflict } from '../certificates/certificate-conflict.ts';
import { checkInput } from './check-input.ts';
import type { NewCertificate } from './new-certificate.ts';
import { occasionOf } from './occasion-of.ts';

/** Makes a complete request of what a caller asks for, once per occasion. */
@Injectable()
export class Certify {
  constructor(
    private readonly assets: KnownAssetRepository,
    private readonly issuers: IssuerRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the id under which the certificate or its failure is read */
  async run(transaction: Transaction, tenantId: string, actor: string, call: NewCertificate): Promise<string> {
    const { credentialType: ofType, template: ofTemplate } = call;
    const type = await this.assets.findCredentialType(transaction, tenantId, ofType.id, ofType.version);
    if (!type) throw notHeardOf('credential type', 'credentialType');
    const template = await this.assets.findTemplate(transaction, tenantId, ofTemplate.id, ofTemplate.version);
    if (!template) throw notHeardOf('template', 'template');
    const issuer = await this.issuers.find(tenantId, call.issuerId);
    const { occasion, errors } = occasionOf(type, call);
    const wrong = [...(issuer ? [] : [unknownIssuer]), ...checkInput(type, call.input), ...errors];
    if (wrong.length > 0 || !issuer) throw validationProblem(wrong);
    const outcome = await requestFirst(transaction, this.outbox, {
      tenantId,
      actor,
      request: completeRequest({ tenantId, type, template, issuer, occasion, call }),
    });
    if (outcome.kind === 'exists') throw certificateConflict(outcome.certificate);
    return outcome.requestId;
  }
}

interface Parts {
  readonly tenantId: string;
  readonly type: KnownCredentialType;
  readonly template: KnownTemplate;
  readonly issuer: IssuerRow;
  readonly occasion: Record<string, string>;
  readonly call: NewCertificate;
}

function completeRequest({
  tenantId,
  type,
  template,
  issuer,
  occasion,
  call,
}: Parts): Omit<CertificateRequested['data'], 'requestId' | 'issue'> {
  const decidedAt = new Date();
  const { email } = call.learner;
  const { typeId, version, terms } = type;
  const meta = pick(type.meta, call.input);
  return {
    credentialType: { id: typeId, version, ...(terms === undefined ? {} : { terms }) },
    occasion,
    recipient: { learnerId: call.learner.id, name: call.learner.name, ...(email === undefined ? {} : { email }) },
    claims: pick(type.claims, call.input),
    ...(Object.keys(meta).length === 0 ? {} : { meta }),
    achievement: achievementOf(tenantId, type, issuer, call),
    ...(call.evidence === undefined ? {} : { evidence: call.evidence }),
    template: {
      id: template.templateId,
      version: template.version,
      sha256: template.sha256,
      mediaType: template.mediaType,
    },
    issuerId: issuer.id,
    ...(type.validity === undefined ? {} : { expiresAt: addDuration(decidedAt, type.validity).toISOString() }),
    decidedAt: decidedAt.toISOString(),
  };
}

/** Signed values are texts: a number could be signed in a form that a reader does not see. */
function pick(names: readonly string[], input: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(input, name)).map((name) => [name, String(input[name])]),
  );
}

/** The same for everyone who achieves it: of a course it is named after the course, else after the type. */
function achievementOf(
  tenantId: string,
  type: KnownCredentialType,
  issuer: IssuerRow,
  { input, achievement: given = {} }: Pick<NewCertificate, 'input' | 'achievement'>,
): NonNullable<CertificateRequested['data']['achievement']> {
  const title = typeof input['courseTitle'] === 'string' ? input['courseTitle'].trim().slice(0, 300) : undefined;
  const name = title ?? type.name;
  const subject = String(input['courseId'] ?? name);
  return {
    id: `urn:uuid:${stableUuid(tenantId, 'achievement', type.typeId, subject.replaceAll(/\p{Cc}/gu, ' '))}`,
    ...(type.achievementType === undefined ? {} : { type: type.achievementType }),
    name,
    ...given,
    description: given.description ?? type.description ?? `${type.name}: ${name}`,
    criteria: given.criteria ?? `${issuer.name} confirmed that everything ${type.name} asks for was done.`,
  };
}
