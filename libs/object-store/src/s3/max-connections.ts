/** Connections to the server, and so the calls that run at a time. */
export const maxConnections = 32;
