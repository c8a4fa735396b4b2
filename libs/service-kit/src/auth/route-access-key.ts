/** The metadata key: one for all three kinds, so that a method's access replaces its controller's instead of adding to it. */
export const routeAccessKey = 'laurel:route-access';
