import { namedFamilies } from '@laurel/rendering/templates';
import { Injectable } from '@nestjs/common';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { FontRepository } from '../fonts/font.repository.ts';
import type { Font } from '../fonts/font-view.ts';
import type { Design } from '../check-template/generator.ts';
import { designFaces, type DesignWithFaces } from './design-faces.ts';

/** A design that needs nothing beside itself. */
export interface WholeDesign extends DesignWithFaces {
  /** Those that were written into it. */
  readonly fonts: readonly Font[];
}

/**
 * Writes the fonts of a tenant into a design that names their families, so that a version of it is whole and stays what it is. A family
 * that the design brings itself is left to it.
 */
@Injectable()
export class EmbedFonts {
  constructor(
    private readonly fonts: FontRepository,
    private readonly objects: AssetObjects,
  ) {}

  /** @param design without fonts of ours: see {@link designFaces} */
  async run(tenantId: string, design: Design): Promise<WholeDesign> {
    const all = await this.fonts.newest(tenantId);
    const fonts = all.length === 0 ? [] : fontsOf(design, all);
    const faces = await Promise.all(
      fonts.map(async ({ family, weight, italic, sha256 }) => ({
        ...{ family, weight, italic },
        file: await this.objects.read({ tenantId, sha256, mediaType: 'font/ttf' }),
      })),
    );
    return { fonts, ...designFaces.with(design, faces) };
  }
}

function fontsOf(design: Design, all: readonly Font[]): Font[] {
  const { named, own } = namedFamilies(design);
  const lower = (families: readonly string[]) => new Set(families.map((family) => family.toLowerCase()));
  const [wanted, brought] = [lower(named), lower(own)];
  return all.filter(({ family }) => wanted.has(family.toLowerCase()) && !brought.has(family.toLowerCase()));
}
