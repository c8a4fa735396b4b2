import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A certificate is found by the id under which it was requested, whoever asked for it: the registry notes its own requests,
 * the evaluator's stand on their certificates alone. An id is no secret and may repeat: a stranger chooses it.
 */
export class FindByRequest1771300000051 implements MigrationInterface {
  readonly name = 'FindByRequest1771300000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX certificate_by_request ON certificate (request_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX certificate_by_request');
  }
}
