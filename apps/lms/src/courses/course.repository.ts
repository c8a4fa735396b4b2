import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A course as it is answered. */
export interface Course {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly description?: string;
}

/** What may be changed of a course; `null` takes the description away. */
export interface CourseChange {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
}

interface Row extends Omit<Course, 'description'> {
  readonly description: string | null;
}

const columns = 'course_id AS id, version, title, description';

/** The rows of `course`. */
@Injectable()
export class CourseRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, courseId: string): Promise<Course | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM course WHERE tenant_id = $1 AND course_id = $2`,
      [tenantId, courseId],
    );
    return row && course(row);
  }

  /** Courses in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<Course[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM course WHERE tenant_id = $1 AND ($2::text IS NULL OR course_id > $2)
       ORDER BY course_id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(course);
  }

  /** @returns false when the tenant has a course of this id */
  async insert(transaction: Transaction, tenantId: string, made: Omit<Course, 'version'>): Promise<boolean> {
    const rows = await transaction.query(
      `INSERT INTO course (tenant_id, course_id, version, title, description) VALUES ($1, $2, 1, $3, $4)
       ON CONFLICT (tenant_id, course_id) DO NOTHING RETURNING 1`,
      [tenantId, made.id, made.title, made.description ?? null],
    );
    return rows.length > 0;
  }

  /** Changes a course and raises its version; what is equal already changes nothing. */
  async change(transaction: Transaction, tenantId: string, courseId: string, change: CourseChange): Promise<void> {
    await transaction.query(
      `UPDATE course SET version = version + 1, title = coalesce($3, title),
         description = CASE WHEN $4 THEN $5 ELSE description END
       WHERE tenant_id = $1 AND course_id = $2
         AND (title IS DISTINCT FROM coalesce($3, title) OR ($4 AND description IS DISTINCT FROM $5))`,
      [tenantId, courseId, change.title ?? null, change.description !== undefined, change.description ?? null],
    );
  }
}

function course({ description, ...rest }: Row): Course {
  return description === null ? rest : { ...rest, description };
}
