import { expect, it } from 'vitest';
import { initialsOf } from './initials-of.ts';

it.each([
  ['Asha Verma', 'A. V.'],
  ['आशा वर्मा', 'आ. व.'],
  ['क्षमा श्री', 'क्ष. श्री.'],
  ['ليلى بنت خالد', 'ل. ب. خ.'],
  ['王小明', '王.'],
  ['e\u0301lodie  de\u00a0La Tour', 'e\u0301. d. L. T.'],
  ['Madonna', 'M.'],
  ['  (Bob) "O’Neil" \u200fx', 'B. O. x.'],
  ['𠮷野家', '𠮷.'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it.each(['', '007', '— …', '🎓'])('a name without letters has none: %s', (name) => {
  expect(initialsOf(name)).toBeUndefined();
});
