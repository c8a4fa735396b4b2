import { Module } from '@nestjs/common';
import { CertificateRepository } from './certificates/certificate.repository.ts';
import { Certify } from './certify/certify.ts';
import { CertifyController } from './certify/certify.controller.ts';
import { CertificatePictures } from './download/certificate-pictures.ts';
import { DownloadController } from './download/download.controller.ts';
import { StoredCertificates } from './download/stored-certificates.ts';
import { FindCertificatesController } from './find-certificates/find-certificates.controller.ts';
import { FollowRequestController } from './follow-request/follow-request.controller.ts';
import { IssuerRepository } from './issuers/issuer.repository.ts';
import { IssuersController } from './issuers/issuers.controller.ts';
import { KeepIssuers } from './issuers/keep-issuers.ts';
import { KnownAssetRepository } from './known-assets/known-asset.repository.ts';
import { OnCredentialTypePublished } from './known-assets/on-credential-type-published.consumer.ts';
import { OnTemplatePublished } from './known-assets/on-template-published.consumer.ts';
import { PublishKeysController } from './publish-keys/publish-keys.controller.ts';
import { ReissueCertificateController } from './reissue-certificate/reissue-certificate.controller.ts';
import { RetryCertificateController } from './retry-certificate/retry-certificate.controller.ts';
import { RetryFailed } from './retry-certificate/retry-failed.ts';
import { RevokeCertificateController } from './revoke-certificate/revoke-certificate.controller.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { PublicCertificateRepository } from './verify-certificate/public-certificate.repository.ts';
import { VerifyCertificateController } from './verify-certificate/verify-certificate.controller.ts';
import { VerifyCertificates } from './verify-certificate/verify-certificates.ts';
import { VerifyPageController } from './verify-page/verify-page.controller.ts';

@Module({
  controllers: [
    OnCredentialTypePublished,
    OnTemplatePublished,
    IssuersController,
    PublishKeysController,
    CertifyController,
    FollowRequestController,
    FindCertificatesController,
    RevokeCertificateController,
    ReissueCertificateController,
    RetryCertificateController,
    VerifyCertificateController,
    DownloadController,
    VerifyPageController,
    ShowCountsController,
  ],
  providers: [
    KnownAssetRepository,
    IssuerRepository,
    KeepIssuers,
    Certify,
    RetryFailed,
    CertificateRepository,
    PublicCertificateRepository,
    VerifyCertificates,
    StoredCertificates,
    CertificatePictures,
  ],
})
export class AppModule {}
