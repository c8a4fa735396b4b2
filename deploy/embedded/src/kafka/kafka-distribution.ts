/** What starts a broker: the jars of one version, and a Java that can run them. */
export interface KafkaDistribution {
  readonly version: string;
  readonly java: string;
  /** The folder that holds the jars, all of them and nothing else. */
  readonly jars: string;
}
