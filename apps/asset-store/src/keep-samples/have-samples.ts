import { UnitOfWork } from '@laurel/persistence';
import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { Generator } from '../check-template/generator.ts';
import { BuiltInAssets } from '../publish-built-ins/built-in-assets.ts';
import { type Sample, SampleRepository } from '../samples/sample.repository.ts';
import type { TemplateVersion } from '../templates/template-view.ts';

/**
 * The samples of a version, rendered once for its content: before it is published, or when somebody looks at them sooner. First the
 * objects, then the rows; who is second finds those of the first. Samples of what is built in are rendered for one tenant and copied for
 * the others.
 */
@Injectable()
export class HaveSamples {
  private readonly running = new Map<string, Promise<Sample[]>>();

  constructor(
    private readonly samples: SampleRepository,
    private readonly objects: AssetObjects,
    private readonly generator: Generator,
    private readonly builtIns: BuiltInAssets,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws {Problem} 422 when not even an ordinary sample can be printed, 503 while the generator is away or busy */
  async run(tenantId: string, version: Pick<TemplateVersion, 'sha256' | 'mediaType'>): Promise<Sample[]> {
    const found = await this.samples.find(tenantId, version.sha256);
    if (found.length > 0) return found;
    const key = `${tenantId}/${version.sha256}`;
    const running = this.running.get(key) ?? this.make(tenantId, version).finally(() => this.running.delete(key));
    this.running.set(key, running);
    return running;
  }

  private async make(tenantId: string, version: Pick<TemplateVersion, 'sha256' | 'mediaType'>): Promise<Sample[]> {
    const made = (await this.copied(tenantId, version.sha256)) ?? (await this.rendered(tenantId, version));
    await this.unitOfWork.run((transaction) => this.samples.keep(transaction, tenantId, version.sha256, made));
    return this.samples.find(tenantId, version.sha256);
  }

  private async copied(tenantId: string, sha256: string): Promise<Sample[] | undefined> {
    if (!this.builtIns.hasContent(sha256)) return undefined;
    const owner = await this.samples.someoneWith(sha256);
    if (owner === undefined) return undefined;
    const samples = await this.samples.find(owner, sha256);
    for (const { files } of samples) {
      if (!files) continue;
      const objects = namesOf(files).map(async (file) => ({
        ...file,
        tenantId,
        bytes: await this.objects.read({ tenantId: owner, ...file }),
      }));
      await this.objects.keep(await Promise.all(objects));
    }
    return samples;
  }

  private async rendered(tenantId: string, version: Pick<TemplateVersion, 'sha256' | 'mediaType'>): Promise<Sample[]> {
    const source = (await this.objects.read({ tenantId, ...version })).toString('utf8');
    const samples: Sample[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const answer = await this.generator.samples(tenantId, { mediaType: version.mediaType, source }, from);
      for (const { isOrdinary, files, refusal, ...sample } of answer.samples) {
        if (refusal && isOrdinary) throw unusable(sample.recipient, refusal.detail);
        samples.push({
          ...sample,
          ...(files ? { files: await this.keep(tenantId, files) } : {}),
          ...(refusal ? { refusal } : {}),
        });
      }
      from = answer.next;
    }
    return samples;
  }

  private async keep(tenantId: string, files: { pdf: Buffer; png: Buffer }): Promise<{ pdf: string; png: string }> {
    const hashes = { pdf: this.objects.hash(files.pdf), png: this.objects.hash(files.png) };
    await this.objects.keep(namesOf(hashes).map((file) => ({ ...file, tenantId, bytes: files[file.kind] })));
    return hashes;
  }
}

const namesOf = ({ pdf, png }: { pdf: string; png: string }) =>
  [
    { kind: 'pdf', sha256: pdf, mediaType: 'application/pdf' },
    { kind: 'png', sha256: png, mediaType: 'image/png' },
  ] as const;

const unusable = (recipient: string, detail: string) =>
  new Problem(422, {
    code: 'template-unusable',
    detail: `The design cannot print the certificate of ${recipient}, an ordinary sample. ${detail} Mend the design and upload it as a new version.`,
  });
