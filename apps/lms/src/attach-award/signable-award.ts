import type { Award } from '@laurel/contracts';
import { InternalHttp, Problem, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { LmsSettings } from '../config.ts';

const service = 'certificate-generator';
const checked = z.object({ problems: z.array(z.string()) });

/**
 * Has the generator check what the credentials of an award would say: what no verifier could read is told now to whoever attaches it,
 * and not to the learners. Its outage is a 503 with `Retry-After`, and nothing is attached.
 */
@Injectable()
export class SignableAward {
  constructor(
    @Inject(InternalHttp) private readonly http: InternalHttp,
    @Inject(SETTINGS) private readonly settings: LmsSettings,
  ) {}

  /** @throws {Problem} 422 that says why its credentials cannot be signed */
  async check(tenantId: string, { achievement, credentialType }: Award): Promise<void> {
    const path = '/internal/awards/check';
    const { claims, terms } = credentialType;
    const json = { achievement, claims, ...(terms === undefined ? {} : { terms }) };
    const { status, body } = await this.http.call(this.settings.GENERATOR_URL, path, { json, tenantId, service });
    if (status !== 200) throw new Error(`${service} answers ${status} to ${path}`);
    const { problems } = checked.parse(JSON.parse(body.toString()));
    if (problems.length === 0) return;
    throw new Problem(422, {
      code: 'award-not-signable',
      detail: `body /achievement: no credential of this award could be signed: ${problems.join('; ')}.`,
      errors: problems.map((detail) => ({ in: 'body', pointer: '/achievement', code: 'not-signable', detail })),
    });
  }
}
