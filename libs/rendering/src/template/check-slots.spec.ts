import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { templateLists } from './template-lists.ts';
import { templateSlots } from './template-slots.ts';
import type { TemplateFinding } from './template-finding.ts';

const SAID = '{{recipient.name}}, {{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}';
type Template = Parameters<typeof checkTemplate>[0];

/** A unit is a tenth of a millimetre. */
const svg = (inside: string, said = SAID): Template => ({
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
<rect data-slot="qr" width="300" height="300"/><text y="600">${said}</text>
${inside}
</svg>`,
});
const html = (inside: string): Template => ({
  mediaType: 'text/html',
  source: `<!doctype html><html><body>
<div data-slot="qr"></div><p>${SAID}</p>
${inside}
</body></html>`,
});
const told = (template: Template): string[] =>
  checkTemplate(template).map(({ line, column, rule, level }: TemplateFinding) => `${line}:${column} ${level} ${rule}`);

describe('each rule of slots lets in what is good, and names the place of what is not', () => {
  it.each<[string, Template, Template, string]>([
    [
      'a claim in a text',
      svg('<text>{{claims.a}}</text>'),
      svg('<text>ab {{claim.a}}</text>'),
      '3:10 error unknown-slot',
    ],
    ['a name of Sunbird', svg('<text>${courseName}</text>'), svg('<text>$courseName</text>'), '3:7 error unknown-slot'],
    [
      'a slot in one text',
      svg('<text>{{recipient.id}}</text>'),
      svg('<text>{{recipient.<tspan>id</tspan>}}</text>'),
      '3:7 error unknown-slot',
    ],
    [
      'two braces',
      svg('<text>{{recipient.id}}</text>'),
      svg('<text>{{{recipient.id}}}</text>'),
      '3:7 error unknown-slot',
    ],
    [
      'a condition',
      svg('<g data-unless="batch.name"/>'),
      svg('<g data-unless="batch.name course.title"/>'),
      '3:4 error unknown-slot',
    ],
    [
      'the mark of the QR code',
      svg('<rect data-slot="qr" width="300" height="300"/>'),
      svg('<text data-slot="recipient.name"/>'),
      '3:7 error unknown-slot',
    ],
    [
      'a title that is spoken',
      svg('<g aria-label="{{recipient.name}}"/>'),
      svg('<g xml:lang="{{recipient.name}}"/>'),
      '3:4 error slot-place',
    ],
    [
      'a picture slot',
      svg('<image href="{{images.logo}}"/>'),
      svg('<image href=" {{images.logo}}{{images.logo}}"/>'),
      '3:8 error slot-place',
    ],
    [
      'rows',
      svg('<g data-each="claims.a" data-each-step="9" data-each-most="9"><text>{{item.b}}</text></g>'),
      svg('<text>{{item.b}}</text>'),
      '3:7 error repeat',
    ],
    [
      'a list',
      html('<p data-each="meta.a">{{item.b}}</p>'),
      html('<p data-each="recipient.name">b</p>'),
      '3:1 error repeat',
    ],
    [
      'rows beside rows',
      html('<p data-each="claims.a"></p><p data-each="claims.b"></p>'),
      html('<div data-each="claims.a"><p data-each="claims.b"></p></div>'),
      '3:27 error repeat',
    ],
    [
      'steps',
      svg('<text data-each="claims.a" data-each-step-x="-9.5" data-each-most="9">a</text>'),
      svg('<text data-each="claims.a" data-each-most="9">a</text>'),
      '3:1 error repeat',
    ],
    [
      'numbers of steps',
      svg('<text data-each="claims.a" data-each-step="9" data-each-most="9">a</text>'),
      svg('<text data-each="claims.a" data-each-step="9mm" data-each-most="9">a</text>'),
      '3:1 error repeat',
    ],
    [
      'the number of rows',
      svg('<text data-each="claims.a" data-each-step="9" data-each-most="200">a</text>'),
      svg('<text data-each="claims.a" data-each-step="9" data-each-most="201">a</text>'),
      '3:1 error repeat',
    ],
    [
      'the number of rows said',
      svg('<text data-each="claims.a" data-each-step="9" data-each-most="2">a</text>'),
      svg('<text data-each="claims.a" data-each-step="9">a</text>'),
      '3:1 advice repeat',
    ],
    [
      'a condition on a row',
      html('<p data-each="claims.a"><b data-when="item.c">c</b></p>'),
      html('<p><b data-when="item.c">c</b></p>'),
      '3:7 error repeat',
    ],
    [
      'QR code once',
      html('<p data-each="claims.a">a</p>'),
      html('<p data-each="claims.a"><span data-slot="qr"></span></p>'),
      '3:25 error repeat',
    ],
    [
      'a width',
      svg('<text data-fit-width="900.5">a</text>'),
      svg('<text data-fit-width="90mm">a</text>'),
      '3:7 error fit',
    ],
    ['a least size', svg('<text data-fit-min=".3">a</text>'), svg('<text data-fit-min="0">a</text>'), '3:7 error fit'],
    ['lines', svg('<text data-wrap="3">a</text>'), svg('<text data-wrap="1.5">a</text>'), '3:7 error fit'],
    [
      'a direction',
      svg('<text data-wrap="2" data-wrap-grow="up">a</text>'),
      svg('<text data-wrap="2" data-wrap-grow="left">a</text>'),
      '3:21 error fit',
    ],
    ['a name of ours', svg('<text data-wrap="2">a</text>'), svg('<text data-wraps="2">a</text>'), '3:7 error fit'],
    [
      'a place for it',
      svg('<text data-wrap="2"><tspan>a</tspan></text>'),
      svg('<text><tspan data-wrap="2">a</tspan></text>'),
      '3:14 advice fit',
    ],
    ['fit of HTML', html('<p data-fit-min="0.5">a</p>'), html('<p data-fit-width="90">a</p>'), '3:4 advice fit'],
  ])('%s', (_, good, bad, finding) => {
    expect(told(good)).toEqual([]);
    expect(told(bad)).toContain(finding);
  });

  it('tells what a certificate should say, and insists on the name alone', () => {
    expect(told(svg('', 'Certificate'))).toEqual([
      '1:1 error missing-slot',
      '1:1 advice missing-slot',
      '1:1 advice missing-slot',
      '1:1 advice missing-slot',
    ]);
    expect(told(svg('', '${recipientName} {{claims.dose}} {{completion.completedOn}} {{verify.url}}'))).toEqual([]);
  });

  it('tells what a record has to bring: slots by their own names, lists with the values of a row', () => {
    const template = html(
      '<p data-when="x">${courseName}</p><table><tr data-each="claims.marks"><td>{{item.subject}}</td><td lang="{{item.a}}">{{claims.b}}</td></tr></table><p data-each="meta.x"></p>',
    );
    expect(templateSlots(template)).toEqual([
      'achievement.name',
      'certificate.issuedOn',
      'certificate.number',
      'claims.b',
      'claims.marks',
      'course.title',
      'meta.x',
      'qr',
      'recipient.name',
    ]);
    expect(templateLists(template)).toEqual({ 'claims.marks': ['a', 'subject'], 'meta.x': [] });
  });

  it('advises the slot that was meant', () => {
    const advice = (text: string) =>
      checkTemplate(svg(`<text>${text}</text>`))
        .map((finding) => finding.advice)
        .join();
    expect(advice('{{recipient.nmae}}')).toContain('Did you mean recipient.name?');
    expect(advice('{{dateFormat issuanceDate "DD MMMM"}}')).toContain('{{certificate.issuedOn}}');
    expect(advice('{{#if a}}')).toContain('data-when');
    expect(advice('${recipientName:-You}')).toContain('{{recipient.name}}');
    expect(advice('{{recipient.n\u0430me}}')).toContain('Latin');
  });
});
