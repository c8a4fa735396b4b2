/** Interactive requests go before bulk ones at the browser. */
export type Lane = 'interactive' | 'bulk';
