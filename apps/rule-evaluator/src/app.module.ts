import { Module } from '@nestjs/common';
import { BatchRepository } from './batches/batch.repository.ts';
import { DecisionRepository } from './decisions/decision.repository.ts';
import { EvaluateAwards } from './evaluate-award/evaluate-awards.ts';
import { OnAssessmentScored } from './evaluate-award/on-assessment-scored.consumer.ts';
import { OnCourseCompleted } from './evaluate-award/on-course-completed.consumer.ts';
import { RecordFacts } from './evaluate-award/record-facts.ts';
import { FactRepository } from './facts/fact.repository.ts';
import { FollowBatches } from './follow-batch/follow-batches.ts';
import { OnBatchUpdated } from './follow-batch/on-batch-updated.consumer.ts';
import { FollowLearners } from './follow-learner/follow-learners.ts';
import { OnLearnerUpdated } from './follow-learner/on-learner-updated.consumer.ts';
import { LearnerRepository } from './learners/learner.repository.ts';
import { ReevaluateStandings } from './reevaluate/reevaluate-standings.ts';
import { ReevaluationRepository } from './reevaluate/reevaluation.repository.ts';
import { Reevaluator } from './reevaluate/reevaluator.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { ShowDecisionsController } from './show-decisions/show-decisions.controller.ts';
import { StandingRepository } from './standings/standing.repository.ts';

@Module({
  controllers: [
    OnCourseCompleted,
    OnAssessmentScored,
    OnBatchUpdated,
    OnLearnerUpdated,
    ShowDecisionsController,
    ShowCountsController,
  ],
  providers: [
    RecordFacts,
    EvaluateAwards,
    FollowBatches,
    FollowLearners,
    ReevaluateStandings,
    Reevaluator,
    BatchRepository,
    LearnerRepository,
    StandingRepository,
    FactRepository,
    DecisionRepository,
    ReevaluationRepository,
  ],
})
export class AppModule {}
