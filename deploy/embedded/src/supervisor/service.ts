import type { ServiceSetting } from './service-setting.ts';

/** One line of the table of services. */
export interface Service {
  /** The app's folder below `apps/`, its port's name, its log's name. */
  name: string;
  /** Its database (see databases.ts), and the role as which it connects. */
  database: string;
  role: string;
  /** Of the services of one database, the one that owns its tables migrates them. */
  migrates: boolean;
  /** What it is given beside what every service is given. */
  settings?: readonly ServiceSetting[];
}
