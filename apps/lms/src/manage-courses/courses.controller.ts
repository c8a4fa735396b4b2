import { externalId, plainText } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import {
  CurrentTenant,
  defineCursor,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { type Course, CourseRepository } from '../courses/course.repository.ts';

const title = plainText(300);
const description = plainText(4_000);
const newCourse = z
  .strictObject({
    id: externalId.optional().meta({ description: 'Left out, a UUID is made' }),
    title,
    description: description.optional(),
  })
  .meta({ id: 'NewCourse' });
const changedCourse = z
  .strictObject({ title: title.optional(), description: description.nullable().optional() })
  .meta({ id: 'CourseChange' });
const answer = z
  .object({ id: externalId, version: z.int(), title, description: description.optional() })
  .meta({ id: 'Course' });
const cursor = defineCursor('courses', z.object({ id: z.string() }));
const query = pageQuery(cursor);

/** Courses. A change raises the version; batches keep the one that they were made with. */
@Controller('v1/courses')
@Roles(...readers)
export class CoursesController {
  constructor(
    private readonly courses: CourseRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Make a course' })
  @ApiCreatedResponse({ description: 'The course', standardSchema: answer })
  async create(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: newCourse }) body: z.output<typeof newCourse>,
  ): Promise<Course> {
    const { id } = await this.idempotency.once(request, async (transaction) => {
      const made = { ...body, id: body.id ?? v7() };
      if (await this.courses.insert(transaction, tenant, made as Course)) return made.id;
      throw new Problem(409, {
        code: 'course-exists',
        detail: 'id: this tenant has a course of this id; change it by PATCH /v1/courses/{id}, or choose another id.',
      });
    });
    return this.read(tenant, id);
  }

  @Patch(':courseId')
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Change a course, which raises its version' })
  @ApiOkResponse({ description: 'The course as it is now', standardSchema: answer })
  async change(
    @CurrentTenant() tenant: string,
    @Param('courseId', { schema: externalId }) id: string,
    @Body({ schema: changedCourse }) body: z.output<typeof changedCourse>,
  ): Promise<Course> {
    await this.unitOfWork.run((transaction) => this.courses.change(transaction, tenant, id, body));
    return this.read(tenant, id);
  }

  @Get(':courseId')
  @ApiOperation({ summary: 'Read a course' })
  @ApiOkResponse({ description: 'The course', standardSchema: answer })
  async read(@CurrentTenant() tenant: string, @Param('courseId', { schema: externalId }) id: string): Promise<Course> {
    const found = await this.courses.find(tenant, id);
    if (!found) throw notFound('course', '/v1/courses');
    return found;
  }

  @Get()
  @ApiOperation({ summary: 'List courses by id' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(answer) })
  async list(
    @CurrentTenant() tenant: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<Course>> {
    const rows = await this.courses.list(tenant, after?.id, limit + 1);
    return page(rows, limit, cursor, ({ id }) => ({ id }));
  }
}
