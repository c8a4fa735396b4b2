import { sameIds } from './same-ids.ts';

const { batchId, learnerId } = sameIds;
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"></svg>';
const inventory = {
  credentialType: { id: 'course-completion' },
  template: { id: 'minimal' },
  criteria: { enrolment: { status: 'completed' } },
  signatories: [],
};

/** The body of a request and, where it is no JSON, its media type. */
export interface StrangersRequest {
  readonly body: unknown;
  readonly mediaType?: string;
}

const mediaTypes: Record<string, string> = {
  'lms POST /v1/batches/{batchId}/enrolments/csv': 'text/csv',
  'lms POST /v1/batches/{batchId}/completions/csv': 'text/csv',
  'certificate-registry POST /v1/certificates/changes/csv': 'text/csv',
  'asset-store PUT /v1/images/{imageId}': 'image/png',
  'asset-store PUT /v1/fonts/{fontId}': 'font/ttf',
  'asset-store POST /v1/templates/preview': 'image/svg+xml',
  'asset-store POST /v1/templates/{templateId}/versions': 'image/svg+xml',
};

const bodies: Record<string, unknown> = {
  'lms PUT /v1/tenants/{tenantId}': { name: 'Taken over', timeZone: 'UTC', languages: ['en'] },
  'lms POST /v1/courses': { id: `course-${batchId}`, title: 'Taken over' },
  'lms PATCH /v1/courses/{courseId}': { title: 'Taken over' },
  'lms POST /v1/learners': { id: learnerId, name: 'Taken Over' },
  'lms PATCH /v1/learners/{learnerId}': { name: 'Taken Over' },
  'lms POST /v1/batches': { id: batchId, courseId: `course-${batchId}`, name: 'Taken over', startsOn: '2026-01-05' },
  'lms PATCH /v1/batches/{batchId}': { name: 'Taken over' },
  'lms POST /v1/batches/{batchId}/awards': { id: 'another', name: 'Taken over', ...inventory },
  'lms PUT /v1/batches/{batchId}/awards/{awardId}': { name: 'Taken over', ...inventory },
  'lms POST /v1/batches/{batchId}/enrolments': { learnerId: 'a-new-one', learner: { name: 'Somebody New' } },
  'lms POST /v1/batches/{batchId}/enrolments/csv': 'learnerId,name,email\nanother-new-one,Somebody Newer,\n',
  'lms PUT /v1/batches/{batchId}/learners/{learnerId}/progress': { percent: 100 },
  'lms POST /v1/batches/{batchId}/scores': { learnerId, assessmentId: 'final', attemptId: 'a', score: 99 },
  'lms POST /v1/batches/{batchId}/completions': { learnerId, score: 99 },
  'lms POST /v1/batches/{batchId}/completions/csv': `learnerId,completedAt,score\n${learnerId},,99\n`,
  'asset-store PUT /v1/images/{imageId}': 'no image',
  'asset-store PUT /v1/fonts/{fontId}': 'no font',
  'asset-store POST /v1/templates/preview': svg,
  'asset-store POST /v1/templates': { id: 'own-design', title: 'Taken over' },
  'asset-store POST /v1/templates/{templateId}/versions': svg,
  'asset-store POST /v1/templates/{templateId}/versions/{version}/preview': {},
  'asset-store POST /v1/credential-types': { id: 'own-type', name: 'Taken over' },
  'asset-store POST /v1/credential-types/{typeId}/versions': {},
  'certificate-generator POST /internal/awards/check': {},
  'certificate-generator POST /internal/templates/check': { mediaType: 'image/svg+xml', source: svg },
  'certificate-generator POST /internal/templates/preview': { mediaType: 'image/svg+xml', source: svg, values: {} },
  'certificate-generator POST /internal/certificates/{certificateId}/picture': { format: 'svg' },
  'certificate-generator POST /internal/templates/samples': { mediaType: 'image/svg+xml', source: svg },
  'certificate-registry POST /v1/issuers': { name: 'Taken over', url: 'https://taken-over.example' },
  'certificate-registry PATCH /v1/issuers/{issuerId}': { name: 'Taken over' },
  'certificate-registry POST /v1/certificates': {},
  'certificate-registry POST /v1/certificates/{certificateId}/revoke': { reason: 'Taken over' },
  'certificate-registry POST /v1/certificates/{certificateId}/suspend': { reason: 'Taken over' },
  'certificate-registry POST /v1/certificates/{certificateId}/reinstate': { reason: 'Taken over' },
  'certificate-registry POST /v1/certificates/{certificateId}/withdraw': { reason: 'Taken over' },
  'certificate-registry POST /v1/certificates/changes': { change: 'revoke', reason: 'Taken over', filter: { batchId } },
  'certificate-registry POST /v1/certificates/changes/csv': `certificate\nDEMO-2026-000001\n`,
  'certificate-registry POST /v1/issuers/{issuerId}/keys/{name}/compromise': {
    from: '2026-01-01T00:00:00Z',
    reason: 'Taken over',
  },
  'certificate-registry POST /v1/certificates/{certificateId}/reissue': { reason: 'Taken over' },
  'certificate-registry POST /v1/certificates/{certificateId}/retry': { recipient: { name: 'Taken over' } },
  'certificate-registry POST /v1/verify': { credential: 'none' },
  'certificate-registry PUT /v1/trusted-issuers': { issuer: 'https://taken-over.example', name: 'Taken over' },
  'webhook-dispatcher POST /v1/endpoints': { url: 'https://taken-over.example/', types: ['*'] },
  'webhook-dispatcher PATCH /v1/endpoints/{id}': { state: 'paused' },
};

/** What the stranger sends, by route: `lms PUT /v1/tenants/{tenantId}`. */
export const strangersRequests: ReadonlyMap<string, StrangersRequest> = new Map(
  Object.entries(bodies).map(([route, body]) => [
    route,
    mediaTypes[route] === undefined ? { body } : { body, mediaType: mediaTypes[route] },
  ]),
);
