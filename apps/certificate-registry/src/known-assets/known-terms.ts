import { externalId, tenantId } from '@laurel/contracts';
import { ownContext, type OwnTerms } from '@laurel/credentials';
import { SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { RegistrySettings } from '../config.ts';

/** A version of a credential type, as an address names it. */
export interface NamedType {
  readonly tenantId: string;
  readonly typeId: string;
  readonly version: string;
}

// What strangers write: PostgreSQL takes neither NUL nor a number beyond its integers.
const named = z.object({
  tenantId,
  typeId: externalId,
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

/** The terms of their own that published credential types have. Public, so no tenant is asked for. */
@Injectable()
export class KnownTerms {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly dataSource: DataSource,
  ) {}

  /** @returns undefined where no such version is known here, or it has none */
  async of(name: NamedType): Promise<OwnTerms | undefined> {
    const read = named.safeParse(name);
    if (!read.success) return undefined;
    const [row] = await this.dataSource.query<{ names: string[] | null }[]>(
      `SELECT definition -> 'terms' AS names FROM known_credential_type
       WHERE tenant_id = $1 AND type_id = $2 AND version = $3`,
      [read.data.tenantId, read.data.typeId, read.data.version],
    );
    return row?.names ? { publicUrl: this.settings.PUBLIC_URL, ...read.data, names: row.names } : undefined;
  }

  /** @param address of a context, as a credential writes it: only to the letter of ours is it one of ours */
  async at(address: string): Promise<OwnTerms | undefined> {
    const before = `${this.settings.PUBLIC_URL}/contexts/`;
    if (!address.startsWith(before)) return undefined;
    const [tenant = '', typeId = '', version = '', ...more] = address.slice(before.length).split('/').map(decoded);
    const terms = more.length === 0 ? await this.of({ tenantId: tenant, typeId, version }) : undefined;
    return terms && ownContext(terms).address === address ? terms : undefined;
  }
}

/** What cannot be decoded is the name of nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
