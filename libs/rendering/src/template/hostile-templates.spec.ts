import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { hostileTemplates } from './hostile-templates.ts';
import { TemplateRefused } from './template-refused.ts';

const all = hostileTemplates('http://hits.example');
/** Of work, not of waiting. A template of 2 MB costs less than one second; one that costs with the square of its size, minutes. */
const MOST_MICROSECONDS = 5_000_000;

describe('hostile templates', () => {
  it('are many, and each another', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(all.map((template) => [template.name, template] as const))('%s', { timeout: 60_000 }, (_, template) => {
    const start = process.threadCpuUsage();
    const findings = checkTemplate(template);
    expect(process.threadCpuUsage(start).user).toBeLessThan(MOST_MICROSECONDS);
    const errors = findings.filter(({ level }) => level === 'error');
    if (template.rule === undefined) {
      expect(errors).toEqual([]);
      return;
    }
    expect(errors).toContainEqual(expect.objectContaining({ rule: template.rule, line: template.line }));
    for (const { reason, advice } of findings)
      expect([reason, advice].every((text) => /^[\p{Lu}<@{}$\w-].*\.$/u.test(text))).toBe(true);
    for (const { reason } of findings) expect(reason.length).toBeLessThan(300);
  });

  it('cannot hide what is harmful behind a hundred harmless faults', () => {
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595">${'<text>{{a}}</text>'.repeat(200)}<script/></svg>`;
    const refused = TemplateRefused.of(checkTemplate({ mediaType: 'image/svg+xml', source }));
    expect(refused?.findings.map(({ rule }) => rule)).toEqual(['script']);
  });
});
