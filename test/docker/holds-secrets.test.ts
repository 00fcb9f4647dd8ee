import { expect, test } from "vitest";
import { holdsSecrets } from "../../src/docker/facts/holds-secrets.ts";

const config = (change: object) => ({ Config: { Env: ["PATH=/usr/bin:/bin"], Cmd: ["nginx"], ...change } });

test.each<[string, unknown]>([
  ["a variable", config({ Env: ["POSTGRES_PASSWORD=x"] })],
  ["a short one", config({ Env: ["MYSQL_PWD=x"] })],
  ["a connection string", config({ Env: ["ConnectionStrings__Db=Server=a;Password=x"] })],
  ["an address", config({ Env: ["DB=postgres://me:x@db/shop"] })],
  ["JSON", config({ Env: ['SETTINGS={"password":"x"}'] })],
  ["what a service hands out", config({ Env: ["GH=ghp_abcdef"] })],
  ["a word that is not to be read", config({ Env: ["X=aB3dE6gH9jK2mN5pQ8sT"] })],
  ["an option", config({ Cmd: ["redis-server", "--requirepass", "x"] })],
  ["a short option", config({ Cmd: ["mysql", "-psecret"] })],
  ["a header", config({ Cmd: ["curl", "-H", "Authorization: Bearer x"] })],
  ["a label", config({ Labels: { "api.token": "x" } })],
  ["a log option", { HostConfig: { LogConfig: { Config: { "splunk-token": "x" } } } }],
  [
    "a volume's option",
    {
      HostConfig: { Mounts: [{ VolumeOptions: { DriverConfig: { Options: { o: "user=a,password=x" } } } }] },
    },
  ],
])("%s is taken for a secret", (_, value) => {
  expect(holdsSecrets(value)).toBe(true);
});

test.each<[string, unknown]>([
  ["nothing", config({})],
  ["ids and paths", { Id: "a1".repeat(32), Image: `sha256:${"0f".repeat(32)}`, P: "/var/lib/Docker2/x" }],
  ["usual settings", { HostConfig: { IpcMode: "private", CgroupnsMode: "private", Memory: 0, Binds: null } }],
  ["versions and modes", config({ Env: ["NGINX_VERSION=1.25.3", "MODE=production", "TZ=Europe/Berlin"] })],
  ["masked paths", { HostConfig: { MaskedPaths: ["/proc/keys", "/proc/kcore"] } }],
])("%s is not", (_, value) => {
  expect(holdsSecrets(value)).toBe(false);
});
