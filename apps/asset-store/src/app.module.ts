import { Module } from '@nestjs/common';
import { AssetObjects } from './asset-objects/asset-objects.ts';
import { CheckTemplate } from './check-template/check-template.ts';
import { Generator } from './check-template/generator.ts';
import { CredentialTypeRepository } from './credential-types/credential-type.repository.ts';
import { ImageRepository } from './images/image.repository.ts';
import { ImagesController } from './keep-images/images.controller.ts';
import { CredentialTypesController } from './manage-credential-types/credential-types.controller.ts';
import { PublishCredentialType } from './manage-credential-types/publish-credential-type.ts';
import { PublishTemplate } from './manage-templates/publish-template.ts';
import { TemplatesController } from './manage-templates/templates.controller.ts';
import { TemplateVersionsController } from './manage-templates/template-versions.controller.ts';
import { BuiltInAssets } from './publish-built-ins/built-in-assets.ts';
import { BuiltInRepository } from './publish-built-ins/built-in.repository.ts';
import { OnTenantUpdated } from './publish-built-ins/on-tenant-updated.consumer.ts';
import { PublishBuiltIns } from './publish-built-ins/publish-built-ins.ts';
import { PublishNewBuiltIns } from './publish-built-ins/publish-new-built-ins.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { TemplateRepository } from './templates/template.repository.ts';
import { TenantRepository } from './tenants/tenant.repository.ts';

@Module({
  controllers: [
    OnTenantUpdated,
    ImagesController,
    TemplatesController,
    TemplateVersionsController,
    CredentialTypesController,
    ShowCountsController,
  ],
  providers: [
    AssetObjects,
    BuiltInAssets,
    BuiltInRepository,
    CheckTemplate,
    CredentialTypeRepository,
    Generator,
    ImageRepository,
    PublishBuiltIns,
    PublishCredentialType,
    PublishNewBuiltIns,
    PublishTemplate,
    TemplateRepository,
    TenantRepository,
  ],
})
export class AppModule {}
