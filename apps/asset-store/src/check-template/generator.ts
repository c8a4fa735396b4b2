import { InternalHttp, Problem, problemDocument, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AssetStoreSettings } from '../config.ts';
import type { TemplateFinding } from './template-finding.ts';

const service = 'certificate-generator';
const checked = z.object({
  findings: z.array(
    z.object({
      line: z.int().min(0),
      column: z.int().min(0),
      rule: z.string(),
      reason: z.string(),
      advice: z.string(),
    }),
  ),
  slots: z.array(z.string()),
});

/** A design as its maker wrote it. */
export interface Design {
  readonly mediaType: string;
  readonly source: string;
}

/**
 * Has designs checked and previewed by certificate-generator, the only service with a browser. Its outage is a 503 with `Retry-After`,
 * and so is its being busy.
 */
@Injectable()
export class Generator {
  constructor(
    @Inject(InternalHttp) private readonly http: InternalHttp,
    @Inject(SETTINGS) private readonly settings: AssetStoreSettings,
  ) {}

  /** @returns what is wrong with a design, and the names of its slots */
  async check(tenantId: string, design: Design): Promise<{ findings: TemplateFinding[]; slots: string[] }> {
    const body = await this.call('/internal/templates/check', tenantId, design);
    return checked.parse(JSON.parse(body.toString()));
  }

  /** @returns the PDF of one certificate with these values */
  async preview(tenantId: string, design: Design, values: Readonly<Record<string, string>>): Promise<Buffer> {
    return this.call('/internal/templates/preview', tenantId, { tenantId, ...design, values });
  }

  private async call(path: string, tenantId: string, json: object): Promise<Buffer> {
    const answer = await this.http.call(this.settings.GENERATOR_URL, path, {
      json,
      tenantId,
      service,
      timeoutMs: 15_000,
    });
    const { status, headers, body } = answer;
    if (status === 200 || status === 201) return body;
    if (status === 429) {
      throw new Problem(503, {
        code: 'generator-busy',
        detail: 'The generator previews other designs just now; try again in a moment.',
        headers: { 'retry-after': headers.get('retry-after') ?? '1' },
      });
    }
    const problem = parseProblem(body);
    // What is wrong with the design or the values is for the caller; all else is a fault between our services.
    if (status === 422 && problem) {
      const code = problem.type.replace('urn:laurel:problem:', '');
      throw new Problem(422, { code, detail: problem.detail });
    }
    throw new Error(`${service} answers ${status} to ${path}: ${problem?.detail ?? 'no problem document'}`);
  }
}

function parseProblem(body: Buffer): z.output<typeof problemDocument> | undefined {
  try {
    return problemDocument.safeParse(JSON.parse(body.toString())).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
