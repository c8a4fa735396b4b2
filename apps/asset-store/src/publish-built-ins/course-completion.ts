import type { CredentialTypeDefinition } from '../credential-types/definition.ts';

/** The built-in credential type: somebody has completed a course. A change is a new version beside these; none ever changes. */
export const courseCompletion: {
  readonly id: string;
  readonly versions: readonly { readonly version: number; readonly definition: CredentialTypeDefinition }[];
} = {
  id: 'course-completion',
  versions: [
    {
      version: 1,
      definition: {
        name: 'Course completion',
        description: 'Somebody has completed a run of a course.',
        input: {
          courseId: { type: 'string', required: true },
          courseTitle: { type: 'string', required: true },
          courseVersion: { type: 'number', required: true },
          batchId: { type: 'string', required: true },
          batchName: { type: 'string', required: true },
          completedAt: { type: 'instant', required: true },
          score: { type: 'number', required: false },
        },
        occasion: ['batchId', 'awardId', 'learnerId'],
        claims: ['courseId', 'courseTitle', 'courseVersion', 'batchId', 'completedAt', 'score'],
        meta: ['batchName'],
        achievementType: 'Course',
        qr: 'url',
      },
    },
  ],
};
