import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The two forms of a list: JSON with its Data Integrity proof, and VC-JWT. */
export type StatusListForm = 'document' | 'token';

/** What is published of a list, in one form; nothing before it is first signed. */
export interface PublishedList {
  readonly body: string | null;
  readonly sha256: string | null;
}

/** The signed status lists. This service's role cannot read by which key their indexes are scattered, nor write any of it. */
@Injectable()
export class SignedStatusListRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined when there is no such list */
  async find(id: string, form: StatusListForm): Promise<PublishedList | undefined> {
    const [row] = await this.dataSource.query<PublishedList[]>(
      `SELECT signed.${form} AS body, signed.${form}_sha256 AS sha256
       FROM status_list list LEFT JOIN signed_status_list signed ON signed.list = list.id WHERE list.id = $1`,
      [id],
    );
    return row;
  }
}
