import { createHash, randomUUID } from 'node:crypto';
import { type CertificateRequested, certificateRequested, encodeEvent, occasionKey } from '@laurel/contracts';
import type { OutgoingRecord } from '@laurel/messaging';
import { builtInTemplates } from '@laurel/rendering/templates';

type Request = CertificateRequested['data'];

/** One version of a template, and whose it is. */
export interface LoadTemplate {
  readonly tenantId: string;
  readonly issuerId: string;
  readonly name: Request['template'];
  readonly source: Buffer;
}

/** Latin, Devanagari, Tamil, Arabic, Cyrillic, Han. */
const names = ['Ada Lovelace', 'आशा वर्मा', 'கார்த்திகேயன்', 'محمد بن عبد الله', 'Софья Ковалевская', '王小云'];

/** Requests as the evaluator makes them, for a generator that runs alone. */
export class GeneratorLoad {
  readonly templates: readonly LoadTemplate[];
  private made = 0;

  /**
   * @param label stands in the names of tenants and learners
   * @param versions of templates, dealt out to the tenants in turn
   */
  constructor(
    private readonly label: string,
    tenants: number,
    versions: number,
  ) {
    const issuers = Array.from({ length: tenants }, () => randomUUID());
    this.templates = Array.from({ length: versions }, (_, index) => {
      const design = builtInTemplates[index % builtInTemplates.length];
      if (!design) throw new Error('There is no built-in design');
      // A version of its own: another hash, the same work.
      const source = Buffer.from(`${design.source}\n<!-- ${label} ${index + 1} -->`);
      const sha256 = createHash('sha256').update(source).digest('hex');
      const { mediaType } = design;
      return {
        tenantId: `${label}-${index % tenants}`,
        issuerId: issuers[index % tenants] ?? '',
        name: { id: `design-${index}`, version: 1, sha256, mediaType },
        source,
      };
    });
  }

  /**
   * Requests for certificates of learners that nobody has asked for before. Templates by Zipf's law: the second is asked for half
   * as often as the first, the third a third as often.
   */
  requests(count: number, topic: 'certificate.requested' | 'certificate.requested.bulk'): GeneratorRequest[] {
    const weights = this.templates.map((_, index) => 1 / (index + 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Array.from({ length: count }, () => {
      // Low-discrepancy instead of random: each run has the same mixture, in no period that a slice could meet.
      let rest = ((this.made * 0.618_033_988_749_895) % 1) * total;
      const at = weights.findIndex((weight) => (rest -= weight) < 0);
      const template = this.templates[at] ?? this.templates[0];
      if (!template) throw new Error('A load without templates');
      return recordOf(template, this.label, this.made++, topic);
    });
  }
}

/** A request, and the learner by whom its certificate is recognised. */
export interface GeneratorRequest {
  readonly learnerId: string;
  readonly record: OutgoingRecord;
}

function recordOf(
  { tenantId, issuerId, name }: LoadTemplate,
  label: string,
  at: number,
  topic: string,
): GeneratorRequest {
  const learnerId = `${label}-${at}`;
  const now = new Date();
  const data: Request = {
    requestId: randomUUID(),
    credentialType: { id: 'course-completion', version: 1 },
    occasion: { batchId: 'bench', awardId: 'completion', learnerId },
    issue: { kind: 'first' },
    recipient: { learnerId, name: `${names[at % names.length]} ${at}`, email: `${learnerId}@example.org` },
    claims: { courseTitle: 'Reading the Night Sky', completedAt: now.toISOString(), score: String(60 + (at % 40)) },
    meta: { batchName: 'A run of it' },
    award: { id: 'completion', version: 1 },
    template: name,
    signatories: [{ name: 'Dr. Amina Diallo', title: 'Director' }],
    timeZone: 'Asia/Kolkata',
    issuerId,
    decidedAt: now.toISOString(),
  };
  const { headers, value } = encodeEvent({
    ...{
      id: randomUUID(),
      source: '/bench',
      type: certificateRequested.type,
      time: now,
      tenantId,
      correlationId: learnerId,
    },
    data,
  });
  return {
    learnerId,
    record: { topic, key: occasionKey(tenantId, data.credentialType.id, data.occasion), value, headers },
  };
}
