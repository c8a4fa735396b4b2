/** The headers that a dead letter has beside those of its record. `tenantid` where it can be told. */
export const deadLetterHeaders = {
  topic: 'laurel_topic',
  partition: 'laurel_partition',
  offset: 'laurel_offset',
  timestamp: 'laurel_timestamp',
  group: 'laurel_group',
  attempts: 'laurel_attempts',
  errorClass: 'laurel_error_class',
  reason: 'laurel_reason',
  failedAt: 'laurel_failed_at',
  tenant: 'tenantid',
  redrive: 'laurel_redrive',
  /** On a redriven record: the offset of its dead letter. */
  deadLetter: 'laurel_dead_letter',
} as const;
