import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

const chosen = (asked: unknown, accepted?: string) => chooseLanguage(asked, accepted).language;

describe('chooseLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de, ja;q=0.9', 'en'],
    ['*', 'en'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['de;q=0.9, en;q=0.2, HI-in;q=0.5', 'hi'],
    ['en;q=0, ar', 'ar'],
    ['fr ; q=0.3, es; q=0.3', 'fr'],
    ['english, fr;q=0.1', 'fr'],
    [`${'de,'.repeat(40)}fr`, 'en'],
  ])('reads %s as %s', (accepted, language) => {
    expect(chosen(undefined, accepted)).toBe(language);
  });

  it('lets the address decide, where it names a language that there is', () => {
    expect(chooseLanguage('ar', 'fr')).toEqual({ language: 'ar', isAsked: true });
    expect(chosen('es-MX', 'fr')).toBe('es');
    for (const nonsense of ['xx', '', ['ar', 'hi'], '"><script>', undefined, 7]) {
      expect(chooseLanguage(nonsense, 'fr')).toEqual({ language: 'fr', isAsked: false });
    }
  });
});
