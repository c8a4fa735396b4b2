import { Module } from '@nestjs/common';
import { ChangeCertificateController } from './change-certificate/change-certificate.controller.ts';
import { EndSuspensions } from './change-certificate/end-suspensions.ts';
import { ChangeManyController } from './change-many/change-many.controller.ts';
import { ChangeJobRepository } from './change-many/change-job.repository.ts';
import { ChangeWorker } from './change-many/change-worker.ts';
import { RunChangeJob } from './change-many/run-change-job.ts';
import { StartChangeJob } from './change-many/start-change-job.ts';
import { CertificateRepository } from './certificates/certificate.repository.ts';
import { ChangeCertificates } from './certificates/change-certificates.ts';
import { Certify } from './certify/certify.ts';
import { CertifyController } from './certify/certify.controller.ts';
import { CertificatePictures } from './download/certificate-pictures.ts';
import { DownloadController } from './download/download.controller.ts';
import { StoredCertificates } from './download/stored-certificates.ts';
import { TenantDocumentRepository } from './download/tenant-document.repository.ts';
import { TenantDownloadController } from './download/tenant-download.controller.ts';
import { FindCertificatesController } from './find-certificates/find-certificates.controller.ts';
import { FollowRequestController } from './follow-request/follow-request.controller.ts';
import { IssuerRepository } from './issuers/issuer.repository.ts';
import { IssuerKeyRepository } from './issuers/issuer-key.repository.ts';
import { IssuerKeysController } from './issuers/issuer-keys.controller.ts';
import { IssuersController } from './issuers/issuers.controller.ts';
import { KeepIssuers } from './issuers/keep-issuers.ts';
import { KnownAssetRepository } from './known-assets/known-asset.repository.ts';
import { KnownTerms } from './known-assets/known-terms.ts';
import { OnCredentialTypePublished } from './known-assets/on-credential-type-published.consumer.ts';
import { OnTemplatePublished } from './known-assets/on-template-published.consumer.ts';
import { KnownTenantRepository } from './known-tenants/known-tenant.repository.ts';
import { OnTenantUpdated } from './known-tenants/on-tenant-updated.consumer.ts';
import { PublishContextsController } from './publish-contexts/publish-contexts.controller.ts';
import { PublishKeysController } from './publish-keys/publish-keys.controller.ts';
import { PublishStatusListsController } from './publish-status-lists/publish-status-lists.controller.ts';
import { SignedStatusListRepository } from './publish-status-lists/signed-status-list.repository.ts';
import { ReissueCertificateController } from './reissue-certificate/reissue-certificate.controller.ts';
import { RetryCertificateController } from './retry-certificate/retry-certificate.controller.ts';
import { RetryFailed } from './retry-certificate/retry-failed.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { TrustedIssuerRepository } from './trusted-issuers/trusted-issuer.repository.ts';
import { TrustedIssuersController } from './trusted-issuers/trusted-issuers.controller.ts';
import { ProblemPages } from './verify-anything/problem-pages.ts';
import { VerifyAnythingController } from './verify-anything/verify-anything.controller.ts';
import { ForeignDocuments } from './verify-certificate/foreign-documents.ts';
import { PublicCertificateRepository } from './verify-certificate/public-certificate.repository.ts';
import { VerifyCertificateController } from './verify-certificate/verify-certificate.controller.ts';
import { VerifyCertificates } from './verify-certificate/verify-certificates.ts';
import { VerifyForeignCredentials } from './verify-certificate/verify-foreign-credentials.ts';
import { VerifyPageController } from './verify-page/verify-page.controller.ts';

@Module({
  controllers: [
    OnCredentialTypePublished,
    OnTemplatePublished,
    OnTenantUpdated,
    IssuersController,
    IssuerKeysController,
    PublishKeysController,
    PublishContextsController,
    PublishStatusListsController,
    CertifyController,
    FollowRequestController,
    FindCertificatesController,
    ChangeCertificateController,
    ChangeManyController,
    ReissueCertificateController,
    RetryCertificateController,
    TrustedIssuersController,
    VerifyCertificateController,
    DownloadController,
    TenantDownloadController,
    VerifyPageController,
    VerifyAnythingController,
    ShowCountsController,
  ],
  providers: [
    KnownAssetRepository,
    KnownTerms,
    KnownTenantRepository,
    IssuerRepository,
    SignedStatusListRepository,
    IssuerKeyRepository,
    KeepIssuers,
    Certify,
    RetryFailed,
    CertificateRepository,
    ChangeCertificates,
    EndSuspensions,
    ChangeJobRepository,
    StartChangeJob,
    RunChangeJob,
    ChangeWorker,
    TrustedIssuerRepository,
    ForeignDocuments,
    VerifyForeignCredentials,
    PublicCertificateRepository,
    VerifyCertificates,
    StoredCertificates,
    TenantDocumentRepository,
    CertificatePictures,
    ProblemPages,
  ],
})
export class AppModule {}
