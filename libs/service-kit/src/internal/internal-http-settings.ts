import { z } from 'zod';

/**
 * The settings of a service that calls other services, to be merged into its own:
 * `z.object({ ...internalHttpSettings.shape, GENERATOR_URL: … })`. With them the service is given {@link InternalHttp}.
 */
export const internalHttpSettings = z.object({
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .meta({
      description:
        'The client by which this service gets tokens for calls to other services (client credentials). The provider has to ' +
        'give its tokens the audience laurel-internal.',
      example: 'laurel-services',
    }),
  OIDC_CLIENT_SECRET: z.string().min(1).meta({
    description: 'The secret of that client.',
    example: 'what the provider shows',
    secret: true,
  }),
});
