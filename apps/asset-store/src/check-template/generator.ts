import { InternalHttp, Problem, problemDocument, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AssetStoreSettings } from '../config.ts';
import { templateFinding } from './template-finding.ts';

const service = 'certificate-generator';
const longest = z.object({ slot: z.string(), script: z.string(), text: z.string(), characters: z.int() });
const checked = z.object({
  findings: z.array(templateFinding),
  slots: z.array(z.string()),
  longest: z.array(longest).default([]),
});
const file = z.base64().transform((text) => Buffer.from(text, 'base64'));
const sampled = z.object({
  samples: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      recipient: z.string(),
      isOrdinary: z.boolean(),
      files: z.object({ pdf: file, png: file }).optional(),
      refusal: z.object({ reason: z.string(), detail: z.string() }).optional(),
    }),
  ),
  next: z.int().optional(),
});

/** A design as its maker wrote it. */
export interface Design {
  readonly mediaType: string;
  readonly source: string;
}

/** What a page of a design is to show. */
export interface PreviewOf {
  readonly values: Readonly<Record<string, string>>;
  readonly lists?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  /** Whose values fill the slots that have none. */
  readonly sample?: string;
  readonly format: 'pdf' | 'png' | 'svg';
}

/**
 * Has designs checked and rendered by certificate-generator, the only service with a browser. Its outage is a 503 with `Retry-After`,
 * and so is its being busy.
 */
@Injectable()
export class Generator {
  constructor(
    @Inject(InternalHttp) private readonly http: InternalHttp,
    @Inject(SETTINGS) private readonly settings: AssetStoreSettings,
  ) {}

  /** @returns what is to be said of a design, the names of its slots, and the longest texts that it can show */
  async check(tenantId: string, design: Design): Promise<z.output<typeof checked>> {
    const body = await this.call('/internal/templates/check', tenantId, design);
    return checked.parse(JSON.parse(body.toString()));
  }

  /** @returns the file of one certificate */
  async preview(tenantId: string, design: Design, preview: PreviewOf): Promise<Buffer> {
    return this.call('/internal/templates/preview', tenantId, { ...design, ...preview });
  }

  /** @returns samples of a design from the one at `from` on, and where to go on */
  async samples(tenantId: string, design: Design, from: number): Promise<z.output<typeof sampled>> {
    const body = await this.call('/internal/templates/samples', tenantId, { ...design, from });
    return sampled.parse(JSON.parse(body.toString()));
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
        detail: 'The generator renders other designs just now; try again in a moment.',
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
