/** Translates between the names of the contracts and those of a cluster that several installations share. */
export class TopicNames {
  constructor(private readonly prefix: string) {}

  /** The name on the cluster of a topic or group. */
  outside(name: string): string {
    return this.prefix + name;
  }

  /** The name in the contracts of a topic of the cluster. */
  inside(name: string): string {
    return name.startsWith(this.prefix) ? name.slice(this.prefix.length) : name;
  }
}
