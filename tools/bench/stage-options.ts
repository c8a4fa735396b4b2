/** What one stage of a chain does; it is given to {@link file://./stage-process.ts} as JSON. */
export interface StageOptions {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly databaseUrl: string;
  readonly takes: 'course.completed' | 'proof.recorded' | 'proof.counted';
  readonly says: 'proof.recorded' | 'proof.counted';
  /** Where what it says goes, if that is another installation (the last stage's is nobody's). */
  readonly saysTo: string;
  readonly sliceSize: number;
  /** How many records are taken until the stage reports. */
  readonly records: number;
  /** Whether its outbox is sent too. */
  readonly relays: boolean;
}

/** What a stage reports when it has handled all its records. */
export interface StageReport {
  /** From the first slice to the last commit. */
  readonly seconds: number;
  /** CPU of the whole process over that time, in milliseconds. */
  readonly cpu: number;
  /** Resident memory at the end, in MB. */
  readonly memory: number;
}
