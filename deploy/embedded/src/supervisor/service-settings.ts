import type { ServiceSetting } from './service-setting.ts';

/** Where the things are that only some services need to know. */
export interface Surroundings {
  /** The object store as a URL. */
  readonly objects: string;
  /** Where certificate-registry is reached; stands in every credential and QR code. */
  readonly publicUrl: string;
  readonly generatorUrl: string;
  readonly masterKeyFile: string;
  readonly secretsKeyFile: string;
  readonly browserPath: string;
  /** The one address below 127.0.0.1 that webhooks may reach: the receiver of the demo. */
  readonly receiver: string;
  /** As whom services call each other; undefined where a foreign issuer gave no client. */
  readonly client: { readonly id: string; readonly secret: string } | undefined;
}

/** The environment variables of one kind of setting. */
export function serviceSettings(setting: ServiceSetting, at: Surroundings): Record<string, string> {
  switch (setting) {
    case 'objects':
      return { OBJECT_STORE_URL: at.objects };
    case 'public-url':
      // Everybody comes from the loopback here, and the demo verifies whatever it issues.
      return { PUBLIC_URL: at.publicUrl, PUBLIC_READS_PER_MINUTE: '1000000', PUBLIC_CHECKS_PER_MINUTE: '1000000' };
    case 'generator':
      return { GENERATOR_URL: at.generatorUrl };
    case 'master-key':
      return { MASTER_KEY_FILE: at.masterKeyFile };
    case 'secrets-key':
      return { SECRETS_KEY_FILE: at.secretsKeyFile };
    case 'browser':
      // Not every machine gives unprivileged processes namespaces of their own. `npm start` says that it does this.
      return { BROWSER_PATH: at.browserPath, BROWSER_NO_SANDBOX: 'true' };
    case 'outbound-allow':
      return { OUTBOUND_ALLOW: at.receiver };
    case 'internal-client':
      return at.client === undefined ? {} : { OIDC_CLIENT_ID: at.client.id, OIDC_CLIENT_SECRET: at.client.secret };
  }
}
