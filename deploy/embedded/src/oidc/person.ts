/** Someone who can log in at the demo: `id` is the `sub` of their tokens. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly tenant: string;
  readonly role: string;
}
