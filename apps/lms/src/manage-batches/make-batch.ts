import type { Transaction } from '@laurel/persistence';
import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { BatchRegistry } from '../batches/batch-registry.ts';
import { type Batch, BatchRepository } from '../batches/batch.repository.ts';
import { CourseRepository } from '../courses/course.repository.ts';
import { TenantRepository } from '../tenants/tenant.repository.ts';

/** What a course creator says of a new batch. */
export interface NewBatch extends Pick<Batch, 'name' | 'startsOn' | 'enrolment'> {
  readonly id?: string | undefined;
  readonly courseId: string;
  readonly timeZone?: string | undefined;
  readonly endsOn?: string | undefined;
}

/** Makes a batch: pins the course with version and title, and takes the tenant's time zone where none is named. */
@Injectable()
export class MakeBatch {
  constructor(
    private readonly batches: BatchRepository,
    private readonly registry: BatchRegistry,
    private readonly courses: CourseRepository,
    private readonly tenants: TenantRepository,
  ) {}

  /** @returns the id of the batch */
  async run(transaction: Transaction, tenantId: string, given: NewBatch): Promise<string> {
    const course = await this.courses.find(tenantId, given.courseId);
    if (!course) {
      throw new Problem(422, {
        code: 'course-unknown',
        detail:
          'courseId: this tenant has no such course; make it by POST /v1/courses, or name one of GET /v1/courses.',
      });
    }
    const timeZone = given.timeZone ?? (await this.tenants.find(tenantId))?.timeZone;
    if (timeZone === undefined) {
      throw new Problem(422, {
        code: 'time-zone-unknown',
        detail: `timeZone: name one, or give the tenant one by PUT /v1/tenants/${tenantId}; its batches then take that.`,
      });
    }
    const id = given.id ?? v7();
    const made = await this.batches.insert(transaction, tenantId, {
      id,
      name: given.name,
      course: { id: course.id, version: course.version, title: course.title },
      timeZone,
      startsOn: given.startsOn,
      ...(given.endsOn === undefined ? {} : { endsOn: given.endsOn }),
      enrolment: given.enrolment,
    });
    if (!made) {
      throw new Problem(409, {
        code: 'batch-exists',
        detail: 'id: this tenant has a batch of this id; change it by PATCH /v1/batches/{id}, or choose another id.',
      });
    }
    await this.registry.say(transaction, tenantId, id);
    return id;
  }
}
