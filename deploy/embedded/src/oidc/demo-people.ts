import { demoTenants } from './demo-tenants.ts';
import type { Person } from './person.ts';
import { roles } from './roles.ts';

const names: Record<(typeof demoTenants)[number], Record<(typeof roles)[number], string>> = {
  demo: {
    operator: 'Olga Petrova',
    admin: 'Amina Diallo',
    creator: 'Chen Wei',
    issuer: 'Ines Moreau',
    viewer: 'Viktor Lindqvist',
    learner: 'Lakshmi Narayanan',
  },
  'demo-two': {
    operator: 'Omar Haddad',
    admin: 'Agnieszka Nowak',
    creator: 'Carlos Mendes',
    issuer: 'Ibrahim Yusuf',
    viewer: 'Valentina Rossi',
    learner: 'Liam O’Connor',
  },
};

/** One person of each role in each demo tenant. */
export const demoPeople: readonly Person[] = demoTenants.flatMap((tenant) =>
  roles.map((role) => ({
    id: `${tenant}-${role}-person`,
    name: names[tenant][role],
    email: `${role}@${tenant}.example`,
    tenant,
    role,
  })),
);
