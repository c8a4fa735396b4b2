import { Outbox } from '@laurel/messaging';
import { type ObjectStore, openObjectStore } from '@laurel/object-store';
import { UnitOfWork } from '@laurel/persistence';
import { readPlan, Renderer, writePlan } from '@laurel/rendering';
import { LOGGER, type Logger, SETTINGS, type Settings } from '@laurel/service-kit';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AllocateRequested } from './allocate-certificates/allocate-requested.ts';
import { CheckAwardController } from './check-award/check-award.controller.ts';
import type { settings } from './config.ts';
import { DrawPictureController } from './draw-pictures/draw-picture.controller.ts';
import { DrawPictures } from './draw-pictures/draw-pictures.ts';
import { DrawnCertificateRepository } from './draw-pictures/drawn-certificate.repository.ts';
import { IssueMade } from './issue-certificates/issue-made.ts';
import { IssuerKeys } from './keys/issuer-keys.ts';
import { readMasterKey } from './keys/read-master-key.ts';
import { MakeCertificates } from './make-certificates/make-certificates.ts';
import { SignCertificates } from './make-certificates/sign-certificates.ts';
import { SignatureShelf } from './make-certificates/signature-shelf.ts';
import { Plans } from './plans/plans.ts';
import { BrowserLifetime } from './print/browser-lifetime.ts';
import { PrintQueue } from './print/print-queue.ts';
import { PRINTER } from './print/printer.token.ts';
import { OnBulkRequested } from './process-requests/on-bulk-requested.consumer.ts';
import { OnCertificateRequested } from './process-requests/on-certificate-requested.consumer.ts';
import { ProcessRequests } from './process-requests/process-requests.ts';
import { CallRenderer } from './render-on-call/call-renderer.ts';
import { CallSlot } from './render-on-call/call-slot.ts';
import { CheckTemplateController } from './render-on-call/check-template.controller.ts';
import { PreviewTemplateController } from './render-on-call/preview-template.controller.ts';
import { RenderSamplesController } from './render-on-call/render-samples.controller.ts';
import { RotateKeys } from './rotate-keys/rotate-keys.ts';
import { RotationTimer } from './rotate-keys/rotation-timer.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { SignStatusLists } from './sign-status-lists/sign-status-lists.ts';
import { StatusListMetrics } from './sign-status-lists/status-list-metrics.ts';
import { StatusListTimer } from './sign-status-lists/status-list-timer.ts';
import { SweepObjects } from './sweep-objects/sweep-objects.ts';
import { SweepTimer } from './sweep-objects/sweep-timer.ts';

type Own = Settings<typeof settings>;
const OBJECT_STORE = Symbol('laurel.object-store');

@Module({
  controllers: [
    OnCertificateRequested,
    OnBulkRequested,
    CheckAwardController,
    CheckTemplateController,
    PreviewTemplateController,
    RenderSamplesController,
    DrawPictureController,
    ShowCountsController,
  ],
  providers: [
    ProcessRequests,
    AllocateRequested,
    BrowserLifetime,
    SweepTimer,
    StatusListTimer,
    StatusListMetrics,
    RotationTimer,
    CallRenderer,
    { provide: CallSlot, useFactory: () => new CallSlot() },
    {
      provide: OBJECT_STORE,
      useFactory: (own: Own) => openObjectStore(own.OBJECT_STORE_URL),
      inject: [SETTINGS],
    },
    {
      provide: IssuerKeys,
      useFactory: async (dataSource: DataSource, unitOfWork: UnitOfWork, own: Own) => {
        const keys = new IssuerKeys(dataSource, unitOfWork, readMasterKey(own.MASTER_KEY_FILE), own.TOKEN_ALGORITHM);
        await keys.check();
        return keys;
      },
      inject: [DataSource, UnitOfWork, SETTINGS],
    },
    {
      provide: PRINTER,
      // After the keys: a boot that fails on them must not leave a browser behind.
      useFactory: (own: Own, log: Logger, _keys: IssuerKeys) =>
        Renderer.start({ browserPath: own.BROWSER_PATH, noSandbox: own.BROWSER_NO_SANDBOX === 'true', log }),
      inject: [SETTINGS, LOGGER, IssuerKeys],
    },
    { provide: PrintQueue, useFactory: (renderer: Renderer) => new PrintQueue(renderer), inject: [PRINTER] },
    {
      provide: Plans,
      useFactory: (store: ObjectStore, queue: PrintQueue, { engine }: Renderer) =>
        new Plans(store, queue, { engine, read: readPlan, write: writePlan }),
      inject: [OBJECT_STORE, PrintQueue, PRINTER],
    },
    {
      provide: SignatureShelf,
      useFactory: (store: ObjectStore) => new SignatureShelf(store),
      inject: [OBJECT_STORE],
    },
    {
      provide: SignCertificates,
      useFactory: (signatures: SignatureShelf, own: Own) => new SignCertificates(signatures, own.PUBLIC_URL),
      inject: [SignatureShelf, SETTINGS],
    },
    {
      provide: MakeCertificates,
      useFactory: (keys: IssuerKeys, signing: SignCertificates, plans: Plans, queue: PrintQueue, store: ObjectStore) =>
        new MakeCertificates(keys, signing, plans, queue, store),
      inject: [IssuerKeys, SignCertificates, Plans, PrintQueue, OBJECT_STORE],
    },
    {
      provide: SweepObjects,
      useFactory: (unitOfWork: UnitOfWork, store: ObjectStore) => new SweepObjects(unitOfWork, store),
      inject: [UnitOfWork, OBJECT_STORE],
    },
    {
      provide: RotateKeys,
      useFactory: (unitOfWork: UnitOfWork, keys: IssuerKeys, own: Own) =>
        new RotateKeys(unitOfWork, keys, {
          lifetime: own.KEY_LIFETIME_DAYS * 86_400_000,
          overlap: own.KEY_OVERLAP_MINUTES * 60_000,
        }),
      inject: [UnitOfWork, IssuerKeys, SETTINGS],
    },
    {
      provide: SignStatusLists,
      useFactory: (unitOfWork: UnitOfWork, keys: IssuerKeys, own: Own) =>
        new SignStatusLists(unitOfWork, keys, own.PUBLIC_URL),
      inject: [UnitOfWork, IssuerKeys, SETTINGS],
    },
    DrawnCertificateRepository,
    {
      provide: DrawPictures,
      useFactory: (
        certificates: DrawnCertificateRepository,
        signing: SignCertificates,
        plans: Plans,
        renderer: Renderer,
        store: ObjectStore,
        // A page of somebody's certificates asks for several at once.
      ) => new DrawPictures(certificates, signing, plans, renderer, store, new CallSlot(10_000, 8)),
      inject: [DrawnCertificateRepository, SignCertificates, Plans, PRINTER, OBJECT_STORE],
    },
    {
      provide: IssueMade,
      useFactory: (unitOfWork: UnitOfWork, outbox: Outbox, own: Own) =>
        new IssueMade(unitOfWork, outbox, own.PUBLIC_URL),
      inject: [UnitOfWork, Outbox, SETTINGS],
    },
  ],
})
export class AppModule {}
