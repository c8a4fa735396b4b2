/** In it one Laurel service tells another which tenant its call acts in. Read on `@Internal()` routes and nowhere else. */
export const tenantHeader = 'x-tenant-id';
