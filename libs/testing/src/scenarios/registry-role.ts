/** The role of certificate-registry, which reads no key and changes no credential; tests connect by it as production does. */
export const registryRole = { name: 'certificate_registry', password: 'certificate_registry' };
