import { Injectable } from '@nestjs/common';
import { designFaces } from '../embed-fonts/design-faces.ts';
import { EmbedFonts } from '../embed-fonts/embed-fonts.ts';
import type { NewTemplateVersion } from '../templates/template.repository.ts';
import { designText } from './design-text.ts';
import { Generator } from './generator.ts';
import type { TemplateFinding } from './template-finding.ts';
import { templateRefused } from './template-refused.ts';

const mostBytes = 2 * 1024 * 1024;
// What the generator takes.
const mostWithFonts = 4 * 1024 * 1024;
// As many as `template.published` can name.
const mostSlots = 200;
const longestSlot = 100;

/** A design that can be kept, and what is to be said of it. */
export interface CheckedDesign extends Pick<NewTemplateVersion, 'slots' | 'advice' | 'longest' | 'fonts'> {
  /** What is kept: the text as UTF-8, with the fonts of the tenant. */
  readonly content: Buffer;
}

/** Lets through what can be printed safely, and names everything that cannot. */
@Injectable()
export class CheckTemplate {
  constructor(
    private readonly generator: Generator,
    private readonly embedFonts: EmbedFonts,
  ) {}

  /** @throws {Problem} 422 with all findings; 503 when the generator is away */
  async run(tenantId: string, mediaType: string, file: Buffer): Promise<CheckedDesign> {
    const text = designFaces.without(designText(file));
    const bytes = Buffer.byteLength(text);
    if (bytes > mostBytes) {
      throw refused(
        'size',
        `It has ${bytes} bytes, more than ${mostBytes}.`,
        'Leave out embedded pictures, or make them smaller.',
      );
    }
    const { source, fonts, placeBefore } = await this.embedFonts.run(tenantId, { mediaType, source: text });
    const content = Buffer.from(source);
    if (content.length > mostWithFonts) {
      throw refused(
        'size',
        `With its fonts (${fonts.map(({ id }) => id).join(', ')}) it has ${content.length} bytes, more than ${mostWithFonts}.`,
        'Keep fonts with fewer letters, for example made with `pyftsubset`, or fewer weights of the family.',
      );
    }
    const checked = await this.generator.check(tenantId, { mediaType, source });
    const findings = checked.findings.map((finding) => ({ ...finding, ...placeBefore(finding) }));
    if (findings.some(({ level }) => level === 'error')) throw templateRefused(findings);
    const { slots, longest } = checked;
    if (slots.length > mostSlots || slots.some(({ length }) => length > longestSlot)) {
      throw refused(
        'slots',
        `It has ${slots.length} slots, or one of a long name.`,
        `At most ${mostSlots}, each of ${longestSlot} characters.`,
      );
    }
    const used = fonts.map(({ id, version }) => ({ id, version }));
    return { content, slots, longest, fonts: used, advice: findings };
  }
}

const refused = (rule: string, reason: string, advice: string) =>
  templateRefused([{ line: 1, column: 1, rule, level: 'error', reason, advice } satisfies TemplateFinding]);
