import { Module } from '@nestjs/common';
import { AssetObjects } from './asset-objects/asset-objects.ts';
import { CheckTemplate } from './check-template/check-template.ts';
import { Generator } from './check-template/generator.ts';
import { CredentialTypeRepository } from './credential-types/credential-type.repository.ts';
import { EmbedFonts } from './embed-fonts/embed-fonts.ts';
import { FontRepository } from './fonts/font.repository.ts';
import { ImageRepository } from './images/image.repository.ts';
import { FontsController } from './keep-fonts/fonts.controller.ts';
import { ImagesController } from './keep-images/images.controller.ts';
import { HaveSamples } from './keep-samples/have-samples.ts';
import { SamplesController } from './keep-samples/samples.controller.ts';
import { CredentialTypesController } from './manage-credential-types/credential-types.controller.ts';
import { PublishCredentialType } from './manage-credential-types/publish-credential-type.ts';
import { PublishTemplate } from './manage-templates/publish-template.ts';
import { TemplatesController } from './manage-templates/templates.controller.ts';
import { TemplateVersionsController } from './manage-templates/template-versions.controller.ts';
import { PreviewsController } from './preview-template/previews.controller.ts';
import { BuiltInAssets } from './publish-built-ins/built-in-assets.ts';
import { BuiltInRepository } from './publish-built-ins/built-in.repository.ts';
import { OnTenantUpdated } from './publish-built-ins/on-tenant-updated.consumer.ts';
import { PublishBuiltIns } from './publish-built-ins/publish-built-ins.ts';
import { PublishNewBuiltIns } from './publish-built-ins/publish-new-built-ins.ts';
import { SampleRepository } from './samples/sample.repository.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { TemplateRepository } from './templates/template.repository.ts';
import { TenantRepository } from './tenants/tenant.repository.ts';

@Module({
  controllers: [
    OnTenantUpdated,
    ImagesController,
    FontsController,
    TemplatesController,
    PreviewsController,
    TemplateVersionsController,
    SamplesController,
    CredentialTypesController,
    ShowCountsController,
  ],
  providers: [
    AssetObjects,
    BuiltInAssets,
    BuiltInRepository,
    CheckTemplate,
    CredentialTypeRepository,
    EmbedFonts,
    FontRepository,
    Generator,
    HaveSamples,
    ImageRepository,
    PublishBuiltIns,
    PublishCredentialType,
    PublishNewBuiltIns,
    PublishTemplate,
    SampleRepository,
    TemplateRepository,
    TenantRepository,
  ],
})
export class AppModule {}
