import type { Acl } from './acl-list.ts';

/** Entries as arguments of Kafka's own tool, a line each: `xargs -L1 kafka-acls.sh --bootstrap-server … --add`. */
export function aclCommands(acls: readonly Acl[]): string {
  return acls
    .filter(({ proof }) => !proof)
    .map(({ principal, resource, name, pattern, operations }) => {
      const where = resource === 'cluster' ? '--cluster' : `--${resource} ${name} --resource-pattern-type ${pattern}`;
      return `--allow-principal User:${principal} ${operations.map((each) => `--operation ${each}`).join(' ')} ${where}\n`;
    })
    .join('');
}
