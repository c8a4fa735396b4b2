import { Injectable } from '@nestjs/common';
import { type Design, Generator } from './generator.ts';
import { type TemplateFinding, templateRefused } from './template-finding.ts';

const mostBytes = 2 * 1024 * 1024;
// As many as `template.published` can name.
const mostSlots = 200;
const longestSlot = 100;

/** Lets through what can be printed safely, and names everything that cannot. */
@Injectable()
export class CheckTemplate {
  constructor(private readonly generator: Generator) {}

  /**
   * @param bytes the length of the source
   * @returns the names of the slots
   * @throws {Problem} 422 with all findings; 503 when the generator is away
   */
  async run(tenantId: string, design: Design, bytes: number): Promise<string[]> {
    if (bytes > mostBytes) {
      throw templateRefused([
        finding(
          'size',
          `It has ${bytes} bytes, more than ${mostBytes}.`,
          'Leave out embedded pictures, or make them smaller.',
        ),
      ]);
    }
    const { findings, slots } = await this.generator.check(tenantId, design);
    if (findings.length > 0) throw templateRefused(findings);
    if (slots.length > mostSlots || slots.some(({ length }) => length > longestSlot)) {
      throw templateRefused([
        finding(
          'slots',
          `It has ${slots.length} slots, or one of a long name.`,
          `At most ${mostSlots}, each of ${longestSlot} characters.`,
        ),
      ]);
    }
    return slots;
  }
}

const finding = (rule: string, reason: string, advice: string): TemplateFinding => ({
  line: 1,
  column: 1,
  rule,
  reason,
  advice,
});
