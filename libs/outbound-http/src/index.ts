export * from './addresses/address-problem.ts';
export * from './client/outbound-error.ts';
export * from './client/outbound-http.ts';
export * from './urls/check-outbound-url.ts';
