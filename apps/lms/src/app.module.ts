import { Module } from '@nestjs/common';
import { AttachAward } from './attach-award/attach-award.ts';
import { AwardsController } from './attach-award/awards.controller.ts';
import { ResolveAward } from './attach-award/resolve-award.ts';
import { SignableAward } from './attach-award/signable-award.ts';
import { AwardRepository } from './awards/award.repository.ts';
import { BatchRegistry } from './batches/batch-registry.ts';
import { BatchRepository } from './batches/batch.repository.ts';
import { CatalogueRepository } from './catalogue/catalogue.repository.ts';
import { CertificateRepository } from './certificates/certificate.repository.ts';
import { OutcomeRepository } from './certificates/outcome.repository.ts';
import { CompleteCourse } from './complete-course/complete-course.ts';
import { CompleteFromCsv } from './complete-course/complete-from-csv.ts';
import { CompletionsController } from './complete-course/completions.controller.ts';
import { CourseRepository } from './courses/course.repository.ts';
import { EnrolFromCsv } from './enrol-learners/enrol-from-csv.ts';
import { EnrolLearners } from './enrol-learners/enrol-learners.ts';
import { EnrolmentsController } from './enrol-learners/enrolments.controller.ts';
import { OpenBatch } from './enrol-learners/open-batch.ts';
import { CompletionRepository } from './enrolments/completion.repository.ts';
import { EnrolledLearner } from './enrolments/enrolled-learner.ts';
import { EnrolmentRepository } from './enrolments/enrolment.repository.ts';
import { OnCertificateChanged } from './follow-certificates/on-certificate-changed.consumer.ts';
import { OnCertificateFailed } from './follow-certificates/on-certificate-failed.consumer.ts';
import { OnCertificateIssued } from './follow-certificates/on-certificate-issued.consumer.ts';
import { OnCertificateWithheld } from './follow-certificates/on-certificate-withheld.consumer.ts';
import { OnCredentialTypePublished } from './keep-catalogue/on-credential-type-published.consumer.ts';
import { OnIssuerUpdated } from './keep-catalogue/on-issuer-updated.consumer.ts';
import { OnTemplatePublished } from './keep-catalogue/on-template-published.consumer.ts';
import { LearnerRegistry } from './learners/learner-registry.ts';
import { LearnerRepository } from './learners/learner.repository.ts';
import { BatchesController } from './manage-batches/batches.controller.ts';
import { ChangeBatch } from './manage-batches/change-batch.ts';
import { MakeBatch } from './manage-batches/make-batch.ts';
import { CoursesController } from './manage-courses/courses.controller.ts';
import { LearnersController } from './manage-learners/learners.controller.ts';
import { TenantsController } from './manage-tenants/tenants.controller.ts';
import { OnCourseCompleted } from './record-foreign-completions/on-course-completed.consumer.ts';
import { RecordForeignCompletions } from './record-foreign-completions/record-foreign-completions.ts';
import { ProgressController } from './record-progress/progress.controller.ts';
import { RecordProgress } from './record-progress/record-progress.ts';
import { ScoresController } from './record-scores/scores.controller.ts';
import { ScoreRepository } from './scores/score.repository.ts';
import { CertificatesController } from './show-certificates/certificates.controller.ts';
import { LearnerOutcomeRepository } from './show-certificates/learner-outcome.repository.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { TenantRepository } from './tenants/tenant.repository.ts';

const routes = [
  TenantsController,
  CoursesController,
  LearnersController,
  BatchesController,
  AwardsController,
  EnrolmentsController,
  ProgressController,
  ScoresController,
  CompletionsController,
  CertificatesController,
  ShowCountsController,
];
const consumers = [
  OnCredentialTypePublished,
  OnTemplatePublished,
  OnIssuerUpdated,
  OnCourseCompleted,
  OnCertificateIssued,
  OnCertificateChanged,
  OnCertificateFailed,
  OnCertificateWithheld,
];
const repositories = [
  TenantRepository,
  CourseRepository,
  LearnerRepository,
  BatchRepository,
  AwardRepository,
  CatalogueRepository,
  EnrolmentRepository,
  CompletionRepository,
  ScoreRepository,
  CertificateRepository,
  OutcomeRepository,
  LearnerOutcomeRepository,
];
const useCases = [
  LearnerRegistry,
  BatchRegistry,
  MakeBatch,
  ChangeBatch,
  ResolveAward,
  SignableAward,
  AttachAward,
  OpenBatch,
  EnrolLearners,
  EnrolFromCsv,
  EnrolledLearner,
  RecordProgress,
  CompleteCourse,
  CompleteFromCsv,
  RecordForeignCompletions,
];

@Module({ controllers: [...routes, ...consumers], providers: [...repositories, ...useCases] })
export class AppModule {}
