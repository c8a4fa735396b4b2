/** An event that an endpoint is to get. */
export interface NewDelivery {
  readonly id: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly identity: string;
}
