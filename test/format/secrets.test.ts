import fc from "fast-check";
import { expect, test } from "vitest";
import { isSecret, masked, maskedJson, maskedValue, maskedWords } from "../../src/format/secrets/masked.ts";
import { secretSpans } from "../../src/format/secrets/spans.ts";
import { hostile } from "./hostile.ts";

const dots = "••••••";

/** Every shape that was seen to be shown: what it is, and how it is shown. */
test.each([
  ["MYSQL_PWD=hunter2", `MYSQL_PWD=${dots}`],
  ["docker run -e API_TOKEN=hunter2 nginx", `docker run -e API_TOKEN=${dots} nginx`],
  ["docker exec -e 'TOKEN=hunter2 hunter2' web env", `docker exec -e 'TOKEN=${dots}' web env`],
  ["docker exec -e 'TOKEN=it'\\''s hunter2' web env", `docker exec -e 'TOKEN=${dots}' web env`],
  ["ConnectionStrings__Main=Server=db;User=sa;Password=hunter2;Encrypt=true", null],
  ["Server=db;Password=hunter 2 hunter2;Encrypt=true", `Server=db;Password=${dots};Encrypt=true`],
  ["Server=db;Pwd=hunter2", `Server=db;Pwd=${dots}`],
  ['{"user":"ann","password":"hunter2","port":5432}', `{"user":"ann","password":"${dots}","port":5432}`],
  ['{\\"password\\":\\"hunter2\\"}', `{\\"password\\":\\"${dots}\\"}`],
  ['{"password": "a \\"hunter2\\" b"}', `{"password": "${dots}"}`],
  ['curl -H "Authorization: Bearer hunter2.x" http://api', `curl -H "Authorization: ${dots}" http://api`],
  ["curl -H Authorization: Bearer hunter2 http://api", `curl -H Authorization: ${dots} http://api`],
  ["Authorization: Basic aHVudGVyMg==", `Authorization: ${dots}`],
  ["got Bearer hunter2.abc of it", `got Bearer ${dots} of it`],
  ["curl -H 'Cookie: session=hunter2; id=hunter2' x", `curl -H 'Cookie: ${dots}' x`],
  ["Set-Cookie: sid=hunter2", `Set-Cookie: ${dots}`],
  ["X-Api-Key: hunter2", `X-Api-Key: ${dots}`],
  ["app --password hunter2 --verbose", `app --password ${dots} --verbose`],
  ["app --db-password=hunter2 --verbose", `app --db-password=${dots} --verbose`],
  ["app --api-key 'hunter2 x'", `app --api-key '${dots}'`],
  ["sh -c mysqladmin ping -uroot -phunter2", `sh -c mysqladmin ping -uroot -p${dots}`],
  ["mysqldump -u root -phunter2 shop; ls -p", `mysqldump -u root -p${dots} shop; ls -p`],
  ["mysql '-pa hunter2' shop", `mysql '-p${dots}' shop`],
  ["app '--password=a hunter2' x", `app '--password=${dots}' x`],
  ["sshpass -p hunter2 ssh host", `sshpass -p ${dots} ssh host`],
  ["redis-cli -h cache -a hunter2 ping", `redis-cli -h cache -a ${dots} ping`],
  ["mongosh -u root -p hunter2", `mongosh -u root -p ${dots}`],
  ["curl -fsS -u ann:hunter2 http://api", `curl -fsS -u ann:${dots} http://api`],
  ["curl --user ann:hunter2 http://api", `curl --user ann:${dots} http://api`],
  ["postgres://ann:hunter2@db/shop", `postgres://${dots}@db/shop`],
  ["amqp://ann:hun@ter2hunter2@mq", `amqp://${dots}@mq`],
  ["o=username=ann,password=hunter2,vers=3.0", `o=username=ann,password=${dots},vers=3.0`],
  ["splunk-token=hunter2", `splunk-token=${dots}`],
  ["--log-opt splunk-token=hunter2 --log-opt tag=x", `--log-opt splunk-token=${dots} --log-opt tag=x`],
  ["ghp_0123456789abcdefhunter2", dots],
  ["eyJhbGciOiJI.eyJzdWIiOiIx.hunter2", dots],
  ["-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----", null],
])("%s is masked", (text, shown) => {
  expect(masked(text)).not.toMatch(/hunter2|aHVudGVyMg/);
  if (shown !== null) expect(masked(text)).toBe(shown);
  expect(masked(masked(text))).toBe(masked(text));
});

test.each([
  "docker run -d --name token-server -p 8080:80 keycloak/keycloak:26.0 start --hostname=x",
  "docker network connect auth web",
  "PWD=/srv/app OLDPWD=/",
  "mysql -p shop",
  "ls -path x; find . -print -prune",
  'sh -c "mysql --password=$DB_PASSWORD < $FILE"',
  "docker login --password-stdin registry.example.com",
  "author=ann org.opencontainers.image.authors=bob",
  "http://db/x?a=b@c and https://example.com/a:b",
  "Basic authentication is off; the bearer of this",
  "It is being removed: the engine may still carry it out.",
])("%s hides nothing", (text) => {
  expect(masked(text)).toBe(text);
});

test.each<[string[], string[]]>([
  [
    ["app", "--password", "a b"],
    ["app", "--password", dots],
  ],
  [
    ["app", "--token=a b"],
    ["app", `--token=${dots}`],
  ],
  [
    ["env", "DB_PASSWORD=a;b c"],
    ["env", `DB_PASSWORD=${dots}`],
  ],
  [
    ["/usr/bin/mysqladmin", "-uroot", "-phunter2"],
    ["/usr/bin/mysqladmin", "-uroot", `-p${dots}`],
  ],
  [
    ["curl", "-u", "ann:hunter2"],
    ["curl", "-u", `ann:${dots}`],
  ],
  [
    ["redis-cli", "-a", "hunter2", "ping"],
    ["redis-cli", "-a", dots, "ping"],
  ],
  [
    ["sh", "-c", "app --password hunter2"],
    ["sh", "-c", `app --password ${dots}`],
  ],
  [
    ["-p", "8080:80", "-p80"],
    ["-p", "8080:80", "-p80"],
  ],
])("the words %j are shown as %j", (words, shown) => {
  expect(maskedWords(words)).toEqual(shown);
});

test("what inspect tells is masked wherever it stands", () => {
  const answer = {
    Path: "mysqld_safe",
    Args: ["-phunter2"],
    Config: {
      Env: ["MYSQL_PWD=hunter2", "A=b"],
      Entrypoint: ["mysql"],
      Cmd: ["-phunter2", "shop"],
      Labels: { "app.token": "hunter2", config: '{"password":"hunter2"}', plain: "text" },
      Healthcheck: { Test: ["CMD-SHELL", "curl -H 'Authorization: Bearer hunter2' x || exit 1"] },
    },
    HostConfig: {
      LogConfig: { Type: "splunk", Config: { "splunk-token": "hunter2", tag: "x" } },
      Mounts: [{ VolumeOptions: { DriverConfig: { Options: { o: "username=a,password=hunter2" } } } }],
      Memory: 5,
    },
    State: { Health: { Log: [{ Output: "PASSWORD=hunter2 refused" }] } },
  };
  const shown = maskedJson(answer);
  expect(JSON.stringify(shown)).not.toContain("hunter2");
  expect(shown).toMatchObject({
    Path: "mysqld_safe",
    Config: { Env: [`MYSQL_PWD=${dots}`, "A=b"], Cmd: [`-p${dots}`, "shop"], Labels: { plain: "text" } },
    HostConfig: { LogConfig: { Type: "splunk", Config: { tag: "x" } }, Memory: 5 },
  });
});

test.each([
  ["DB_PASSWORD", "x", true, dots],
  ["apiToken", "x", true, dots],
  ["PASSWORD", "", false, ""],
  ["URL", "postgres://ann:s3cret@db/x", true, `postgres://${dots}@db/x`],
  ["URL", "http://db/x?a=b@c", false, "http://db/x?a=b@c"],
  ["PATH", "/bin", false, "/bin"],
  ["PWD", "/srv", false, "/srv"],
  ["org.opencontainers.image.authors", "Ann", false, "Ann"],
])("%s=%s is a secret: %s", (key, value, secret, shown) => {
  expect([isSecret(key, value), maskedValue(key, value)]).toEqual([secret, shown]);
});

test("a name says that its value is secret, whatever that holds", () => {
  expect(maskedValue("DB_PASSWORD", "a;b c=d")).toBe(dots);
  expect(maskedValue("PASSWORD", "")).toBe("");
  expect(maskedValue("DATABASE", "Server=x;Password=hunter2")).toBe(`Server=x;Password=${dots}`);
});

test("spans are in order, apart, and never beyond the text, whatever it is", () => {
  const near = fc.constantFrom(
    "password=",
    '"token":',
    "'",
    '"',
    "\\",
    ";",
    "mysql -p",
    "://",
    "@",
    " ",
    "x",
  );
  const text = fc.array(fc.oneof(near, hostile), { maxLength: 20 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (text) => {
      let last = -1;
      for (const [from, to] of secretSpans(text)) {
        expect(from).toBeGreaterThan(last);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
        last = to;
      }
    }),
    { numRuns: 3_000 },
  );
});
