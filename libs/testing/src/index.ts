export * from './ledger/ledger.ts';
export * from './processes/service-process.ts';
export * from './proxy/tcp-proxy.ts';
export * from './records/completions.ts';
export * from './scenarios/proof-chain.ts';
export * from './scenarios/proof-databases.ts';
export * from './services/start-consumers.ts';
export * from './stack/create-database.ts';
export * from './stack/create-topics.ts';
export * from './stack/start-servers.ts';
export * from './stack/test-stack.ts';
export * from './suites/suite-options.ts';
export * from './suites/transport-suite.ts';
export * from './waiting/wait-for.ts';
// What a test starts or asks by itself; specs take it from here, not from the launcher.
export { freePort, probeKafka, probePostgres, startOidc } from '@laurel/embedded';
export * from './processes/has-kcat.ts';
export * from './processes/kcat.ts';
