/** Settings that some services need; service-settings.ts says what they are on this machine. */
export type ServiceSetting =
  | 'browser'
  | 'generator'
  | 'internal-client'
  | 'master-key'
  | 'objects'
  | 'outbound-allow'
  | 'public-url'
  | 'secrets-key';
