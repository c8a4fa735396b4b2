import { type Award, stableUuid } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { describeCriteria, parseCriteria } from '@laurel/rules';
import { type FieldError, Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import type { Batch } from '../batches/batch.repository.ts';
import {
  CatalogueRepository,
  type CredentialType,
  type Named,
  type Template,
} from '../catalogue/catalogue.repository.ts';
import { CourseRepository } from '../courses/course.repository.ts';
import { unfitType } from './unfit-type.ts';

/** An award as its maker writes it. */
export interface GivenAward extends Pick<Award, 'name' | 'issuerId' | 'signatories'> {
  readonly criteria: unknown;
  readonly credentialType: Named;
  readonly template: Named;
  readonly achievement?:
    | (Omit<Award['achievement'], 'id' | 'type' | 'name' | 'description' | 'criteria'> & {
        readonly description?: string | undefined;
        readonly criteria?: string | undefined;
      })
    | undefined;
}

/** What the attaching decides of an award. */
export type Attachment = Pick<Award, 'id' | 'version' | 'attachedAt' | 'appliesToEarlier'>;

/** Makes of what was written an award that needs no catalogue to be read. */
@Injectable()
export class ResolveAward {
  constructor(
    private readonly catalogue: CatalogueRepository,
    private readonly courses: CourseRepository,
  ) {}

  /** Throws 409 with Retry-After for what was not heard of yet, 422 for criteria and types that cannot be used. */
  async run(
    transaction: Transaction,
    tenantId: string,
    course: Batch['course'],
    given: GivenAward,
    attachment: Attachment,
  ): Promise<Award> {
    const parsed = parseCriteria(given.criteria);
    if (!parsed.ok) throw wrongCriteria(parsed.problems);
    const { type, template } = await this.find(transaction, tenantId, given);
    const unfit = unfitType(type);
    if (unfit !== undefined) {
      const detail = `${type.typeId} version ${type.version} cannot be awarded by a batch: ${unfit}`;
      throw new Problem(422, {
        code: 'credential-type-unfit',
        detail: `body /credentialType: ${detail}. Name another type.`,
        errors: [{ in: 'body', pointer: '/credentialType', code: 'unfit', detail }],
      });
    }
    const { description, criteria, ...details } = given.achievement ?? {};
    const told = description ?? (await this.courses.find(tenantId, course.id))?.description;
    return {
      ...attachment,
      name: given.name,
      // It is JSON: it came as a body, and was parsed.
      criteria: given.criteria as Award['criteria'],
      credentialType: {
        id: type.typeId,
        version: type.version,
        occasion: type.occasion,
        claims: type.claims,
        ...(type.terms === undefined ? {} : { terms: type.terms }),
        ...(type.validity === undefined ? {} : { validity: type.validity }),
      },
      template: {
        id: template.templateId,
        version: template.version,
        sha256: template.sha256,
        mediaType: template.mediaType,
      },
      achievement: {
        id: `urn:uuid:${stableUuid(tenantId, 'achievement', course.id, attachment.id)}`,
        ...(type.achievementType ? { type: type.achievementType } : {}),
        name: course.title,
        description: told ?? `Completed the course ${course.title}.`,
        criteria: criteria ?? describeCriteria(parsed.criteria),
        ...details,
      },
      issuerId: given.issuerId,
      signatories: given.signatories,
    };
  }

  private async find(
    transaction: Transaction,
    tenantId: string,
    { credentialType, template: named, issuerId }: GivenAward,
  ): Promise<{ type: CredentialType; template: Template }> {
    const type = await this.catalogue.findType(transaction, tenantId, credentialType);
    const template = await this.catalogue.findTemplate(transaction, tenantId, named);
    const hasIssuer = await this.catalogue.hasIssuer(transaction, tenantId, issuerId);
    if (type && template && hasIssuer) return { type, template };
    throw unheardOf([
      ...(type ? [] : [['credentialType', `credential type ${called(credentialType)}`, 'asset-store'] as const]),
      ...(template ? [] : [['template', `template ${called(named)}`, 'asset-store'] as const]),
      ...(hasIssuer ? [] : [['issuerId', `issuer ${issuerId}`, 'certificate-registry'] as const]),
    ]);
  }
}

function called({ id, version }: Named): string {
  return version === undefined ? `${id} (any version)` : `${id} version ${version}`;
}

/** It may have been published a moment ago and be on its way here. */
function unheardOf(missing: readonly (readonly [field: string, what: string, maker: string])[]): Problem {
  const errors: FieldError[] = missing.map(([field, what, maker]) => ({
    in: 'body',
    pointer: `/${field}`,
    code: 'not-heard-of-yet',
    detail: `${what} of this tenant was not heard of yet; publish or make it in ${maker}, and try again in a second`,
  }));
  return new Problem(409, {
    code: 'award-not-resolved',
    detail: `${errors.map(({ pointer, detail }) => `body ${pointer}: ${detail}`).join('; ')}.`,
    errors,
    headers: { 'retry-after': '1' },
  });
}

function wrongCriteria(problems: readonly { readonly path: string; readonly problem: string }[]): Problem {
  const errors: FieldError[] = problems.slice(0, 50).map(({ path, problem }) => ({
    in: 'body',
    pointer: pointerOf(path),
    code: 'criteria',
    detail: problem,
  }));
  return new Problem(422, {
    code: 'criteria-invalid',
    detail: `${errors.map(({ pointer, detail }) => `body ${pointer}: ${detail}`).join('; ')}.`,
    errors,
  });
}

/** Where a path of the criteria (`score.final.>=`, or a JSON Pointer already) stands in the body. */
function pointerOf(path: string): string {
  const inside = path.replace(/^criteria\b/, '');
  if (inside === '') return '/criteria';
  return `/criteria${inside.startsWith('/') ? inside : `/${inside.replace(/^\./, '').replaceAll('.', '/')}`}`;
}
