import { expect, it } from 'vitest';
import { checkInput } from './check-input.ts';

it('says in our words what the JSON Schema of a credential type asks for', () => {
  const errors = checkInput(
    {
      typeId: 'diploma',
      version: 2,
      name: 'Diploma',
      input: { grade: { type: 'string', required: true }, credits: { type: 'number', required: true } },
      schema: {
        type: 'object',
        properties: { grade: { enum: ['A', 'B'] }, credits: { type: 'number', minimum: 1 } },
      },
      occasion: ['learnerId'],
      claims: [],
      meta: [],
      achievementType: 'Diploma',
      qr: 'url',
    },
    { grade: 'C', credits: 0 },
  );
  expect(errors.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual([
    '/input/grade must be one of A, B (the schema of diploma version 2)',
    '/input/credits must be at least 1 (the schema of diploma version 2)',
  ]);
});
