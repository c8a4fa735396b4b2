import { Outbox } from '@laurel/messaging';
import { type ObjectStore, openObjectStore } from '@laurel/object-store';
import { UnitOfWork } from '@laurel/persistence';
import { Renderer } from '@laurel/rendering';
import { LOGGER, type Logger, SETTINGS, type Settings } from '@laurel/service-kit';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AllocateRequested } from './allocate-certificates/allocate-requested.ts';
import type { settings } from './config.ts';
import { IssueMade } from './issue-certificates/issue-made.ts';
import { IssuerKeys } from './keys/issuer-keys.ts';
import { readMasterKey } from './keys/read-master-key.ts';
import { AssetShelf } from './make-certificates/asset-shelf.ts';
import { MakeCertificates } from './make-certificates/make-certificates.ts';
import { BrowserLifetime } from './print/browser-lifetime.ts';
import { PrintQueue } from './print/print-queue.ts';
import { PRINTER } from './print/printer.token.ts';
import { OnBulkRequested } from './process-requests/on-bulk-requested.consumer.ts';
import { OnCertificateRequested } from './process-requests/on-certificate-requested.consumer.ts';
import { ProcessRequests } from './process-requests/process-requests.ts';
import { CheckTemplateController } from './render-on-call/check-template.controller.ts';
import { PreviewTemplateController } from './render-on-call/preview-template.controller.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';

type Own = Settings<typeof settings>;
const OBJECT_STORE = Symbol('laurel.object-store');

@Module({
  controllers: [
    OnCertificateRequested,
    OnBulkRequested,
    CheckTemplateController,
    PreviewTemplateController,
    ShowCountsController,
  ],
  providers: [
    ProcessRequests,
    AllocateRequested,
    BrowserLifetime,
    {
      provide: OBJECT_STORE,
      useFactory: (own: Own) => openObjectStore(own.OBJECT_STORE_URL),
      inject: [SETTINGS],
    },
    {
      provide: IssuerKeys,
      useFactory: async (dataSource: DataSource, own: Own) => {
        const keys = new IssuerKeys(dataSource, readMasterKey(own.MASTER_KEY_FILE));
        await keys.check();
        return keys;
      },
      inject: [DataSource, SETTINGS],
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
      provide: AssetShelf,
      useFactory: (store: ObjectStore, queue: PrintQueue) => new AssetShelf(store, queue),
      inject: [OBJECT_STORE, PrintQueue],
    },
    {
      provide: MakeCertificates,
      useFactory: (keys: IssuerKeys, shelf: AssetShelf, queue: PrintQueue, store: ObjectStore, own: Own) =>
        new MakeCertificates(keys, shelf, queue, store, own.PUBLIC_URL),
      inject: [IssuerKeys, AssetShelf, PrintQueue, OBJECT_STORE, SETTINGS],
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
