import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { findProgram } from '../processes/find-program.ts';
import { run } from '../processes/run.ts';
import type { Report } from '../report.ts';
import { javaVersion } from './java-version.ts';

// Kafka 4 brokers need 17.
const LEAST = 17;
const PACKAGES = ['openjdk-21-jre-headless', 'openjdk-17-jre-headless', 'default-jre-headless'];

/**
 * A Java that runs the broker: that of JAVA_HOME, or on the PATH, or installed by apt where this user may do that without being
 * asked for a password. Otherwise throws a Failure with the command for this system.
 */
export async function findJava(report: Report): Promise<string> {
  const { settings, inherited } = environment();
  const found: string[] = [];
  const candidates = [
    settings.JAVA_HOME && join(settings.JAVA_HOME, 'bin', 'java'),
    await findProgram(inherited, 'java'),
  ];
  for (const java of candidates) {
    if (java === undefined || java === '') continue;
    const version = await javaVersion(java);
    if (version !== undefined && version >= LEAST) return java;
    found.push(`${java} is ${version === undefined ? 'not working' : `Java ${version}`}`);
  }
  const why =
    found.length === 0 ? 'There is no Java on this machine' : `There is no Java ${LEAST} (${found.join(', ')})`;
  const installed = await installByApt(why, inherited, report);
  if (installed !== undefined) return installed;
  throw new Failure(
    `${why}; Kafka needs ${LEAST} or later.`,
    `Install it: ${await commandForThisSystem(inherited)} — or set JAVA_HOME, or give a running broker as KAFKA_BROKERS.`,
  );
}

async function installByApt(why: string, env: Record<string, string>, report: Report): Promise<string | undefined> {
  if ((await findProgram(env, 'apt-get')) === undefined) return undefined;
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  // `sudo -n` says no instead of asking for a password, which nobody may be there to type.
  if (prefix.length > 0 && (await run('sudo', ['-n', 'true'], { env })).code !== 0) return undefined;
  const apt = async (...args: string[]) => {
    const [command = 'apt-get', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest, { env });
  };
  await apt('update', '-q');
  for (const name of PACKAGES) {
    if ((await apt('install', '-s', '-q', name)).code !== 0) continue;
    report(`${why}: installing ${name} with apt-get, about 200 MB`);
    const { code, output } = await apt('install', '-y', '-q', '--no-install-recommends', name);
    if (code !== 0) {
      throw new Failure(
        `apt-get could not install ${name}:\n${output.split('\n').slice(-8).join('\n')}`,
        `Repair apt, then run: apt-get install ${name}`,
      );
    }
    const java = await findProgram(env, 'java');
    if (java !== undefined && ((await javaVersion(java)) ?? 0) >= LEAST) return java;
    // Another, older Java may stand first on the PATH: the new one has a folder of its own.
    const own = ['21', '17'].map(
      (version) => `/usr/lib/jvm/java-${version}-openjdk-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/java`,
    );
    const other = own.find((path) => existsSync(path));
    if (other !== undefined) return other;
  }
  return undefined;
}

async function commandForThisSystem(env: Record<string, string>): Promise<string> {
  const commands: [string, string][] = [
    ['apt-get', 'sudo apt-get install -y openjdk-17-jre-headless'],
    ['dnf', 'sudo dnf install -y java-21-openjdk-headless'],
    ['yum', 'sudo yum install -y java-17-openjdk-headless'],
    ['apk', 'sudo apk add openjdk21-jre-headless'],
    ['pacman', 'sudo pacman -S --noconfirm jre21-openjdk-headless'],
    ['zypper', 'sudo zypper install -y java-21-openjdk-headless'],
    ['brew', 'brew install openjdk@21'],
  ];
  for (const [program, command] of commands) {
    if ((await findProgram(env, program)) !== undefined) return command;
  }
  return 'a Java runtime 17 or later from https://adoptium.net';
}
