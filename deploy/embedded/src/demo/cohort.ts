import { cohortCsv } from './cohort-csv.ts';

/** Of these sixty-six, every eleventh fails. */
const EVERY = 11;

/** How one learner of the demo ends the course. */
export interface CohortMember {
  readonly learnerId: string;
  /** Percent; below 60 the certificate is withheld. */
  readonly score: number;
  /** By which road the completion reaches Laurel. */
  readonly road: 'http' | 'kafka';
}

/** How each of them does: half over HTTP and half over Kafka, three failing on each road. */
export function cohort(): CohortMember[] {
  // No id holds a comma, a quote or a line break, and no name holds a line break.
  const ids = cohortCsv()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(',')));
  return ids.map((learnerId, index) => ({
    learnerId,
    score: index % EVERY === EVERY - 1 ? 31.5 + index / 4 : 60 + ((index * 7.5) % 40),
    road: index % 2 === 0 ? 'http' : 'kafka',
  }));
}
