import { OutboundHttp } from '@laurel/outbound-http';
import { SETTINGS, type Settings } from '@laurel/service-kit';
import { Module } from '@nestjs/common';
import type { settings } from './config.ts';
import { DeliverEvents } from './deliver-events/deliver-events.ts';
import { OnAssessmentScored } from './deliver-events/on-assessment-scored.consumer.ts';
import { OnCertificateChanged } from './deliver-events/on-certificate-changed.consumer.ts';
import { OnCertificateFailed } from './deliver-events/on-certificate-failed.consumer.ts';
import { OnCertificateIssued } from './deliver-events/on-certificate-issued.consumer.ts';
import { OnCertificateWithheld } from './deliver-events/on-certificate-withheld.consumer.ts';
import { OnCourseCompleted } from './deliver-events/on-course-completed.consumer.ts';
import { DeliveryRepository } from './deliveries/delivery.repository.ts';
import { EndpointRepository } from './endpoints/endpoint.repository.ts';
import { EventRepository } from './events/event.repository.ts';
import { LaneRepository } from './lanes/lane.repository.ts';
import { WakeSignal } from './lanes/wake-signal.ts';
import { EndpointsController } from './manage-endpoints/endpoints.controller.ts';
import { ManageEndpoints } from './manage-endpoints/manage-endpoints.ts';
import { RetryDeliveryController } from './retry-delivery/retry-delivery.controller.ts';
import { RetryDelivery } from './retry-delivery/retry-delivery.ts';
import { AttemptRepository } from './send-deliveries/attempt.repository.ts';
import { OutcomeBatcher } from './send-deliveries/outcome-batcher.ts';
import { RecordOutcomes } from './send-deliveries/record-outcomes.ts';
import { Sender } from './send-deliveries/sender.ts';
import { SendTestEventController } from './send-test-event/send-test-event.controller.ts';
import { SendTestEvent } from './send-test-event/send-test-event.ts';
import { CountDeliveries } from './show-counts/count-deliveries.ts';
import { ShowCountsController } from './show-counts/show-counts.controller.ts';
import { DeliveriesController } from './show-deliveries/deliveries.controller.ts';
import { ReadDeliveries } from './show-deliveries/read-deliveries.ts';
import { SecretBox } from './signing/secret-box.ts';
import { SigningSecrets } from './signing/signing-secrets.ts';

type Config = Settings<typeof settings>;

@Module({
  controllers: [
    OnAssessmentScored,
    OnCertificateChanged,
    OnCertificateFailed,
    OnCertificateIssued,
    OnCertificateWithheld,
    OnCourseCompleted,
    EndpointsController,
    SendTestEventController,
    DeliveriesController,
    RetryDeliveryController,
    ShowCountsController,
  ],
  providers: [
    DeliverEvents,
    EndpointRepository,
    EventRepository,
    DeliveryRepository,
    AttemptRepository,
    LaneRepository,
    WakeSignal,
    SigningSecrets,
    ManageEndpoints,
    SendTestEvent,
    ReadDeliveries,
    RetryDelivery,
    CountDeliveries,
    RecordOutcomes,
    OutcomeBatcher,
    Sender,
    {
      provide: SecretBox,
      inject: [SETTINGS],
      useFactory: ({ SECRETS_KEY_FILE }: Config) => SecretBox.fromFile(SECRETS_KEY_FILE),
    },
    {
      provide: OutboundHttp,
      inject: [SETTINGS],
      useFactory: ({ OUTBOUND_ALLOW, OUTBOUND_HTTPS_ONLY }: Config) =>
        new OutboundHttp({ allow: OUTBOUND_ALLOW, httpsOnly: OUTBOUND_HTTPS_ONLY }),
    },
  ],
})
export class AppModule {}
