import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type After, answersOf, readAnswers } from "../../../src/actions/containers/run/answers.ts";
import { commandLine } from "../../../src/actions/containers/run/command-line.ts";
import { pastedLine, runForm } from "../../../src/actions/containers/run/form.ts";
import { freeName } from "../../../src/actions/containers/run/free-name.ts";
import { hasImage } from "../../../src/actions/containers/run/images.ts";
import { portClash } from "../../../src/actions/containers/run/port-clash.ts";
import { flagRows } from "../../../src/actions/containers/run/rows.ts";
import { type Answers, adviceOf, faults } from "../../../src/actions/question.ts";
import type { Session } from "../../../src/actions/session.ts";
import type { Image } from "../../../src/docker/images.ts";
import type { Network } from "../../../src/docker/networks.ts";
import { conflictsOf } from "../../../src/docker/run/conflicts.ts";
import { emptySpec } from "../../../src/docker/run/empty-spec.ts";
import { flags } from "../../../src/docker/run/flags.ts";
import { publishedPort } from "../../../src/docker/run/ports.ts";
import type { RunSpec } from "../../../src/docker/run/spec.ts";
import { specs } from "../../docker/run-specs.ts";
import { rest } from "../../fake-clock.ts";
import { containerOf, openSession } from "../../fake-session.ts";

const blank = answersOf(emptySpec, "follow");
const filled = (change: Answers): Answers => ({ ...blank, image: "nginx", ...change });

const image = (tag: string): Image => ({
  ...{ id: `sha256:${"ab".repeat(32)}`, tags: [tag], digests: [], created: 0, size: 1, labels: {} },
});
const network: Network = {
  ...{ id: "n1", name: "shop", driver: "bridge", scope: "local", internal: false },
  ...{ subnets: ["172.20.0.0/16"], labels: {} },
};

/** A session that has told all its lists: the image nginx, the network shop, and web with port 8080. */
async function open(): Promise<Session> {
  const web = containerOf({
    name: "web",
    ports: [
      { private: 80, public: 8080, protocol: "tcp" },
      { private: 53, public: 53, ip: "127.0.0.1", protocol: "udp" },
    ],
  });
  const { session } = await openSession([web, containerOf({ name: "old", state: "exited" })], {
    engine: {
      images: async () => [image("nginx:latest")],
      networks: async () => [network],
      volumes: async () => [{ id: "data", name: "data" } as never],
    },
  });
  const { images, networks, volumes } = session.sources;
  for (const source of [images, networks, volumes]) {
    source.subscribe(() => {});
    source.refresh(undefined);
  }
  await rest();
  return session;
}

async function form(session?: Session) {
  return runForm(session ?? (await open()), { answers: blank, unchanged: blank });
}

test("whatever a docker run line can say goes through the form and comes out again", () => {
  fc.assert(
    fc.property(specs, fc.constantFrom<After>("follow", "attach", "create"), (some, after) => {
      const spec = { ...some, detach: false };
      fc.pre(conflictsOf(spec).length === 0);
      expect(readAnswers(answersOf(spec, after))).toEqual({ spec, after, faults: {} });
    }),
    { numRuns: 500 },
  );
});

test("started without being watched it is detached, as docker run -d", () => {
  const spec = { ...emptySpec, image: "nginx", detach: true };
  expect(readAnswers(answersOf(spec, "start"))).toEqual({ spec, after: "start", faults: {} });
});

test("every line of the form is a flag, none stands there twice, and each says what it takes", async () => {
  const rows = flagRows.flatMap(([, lines]) => lines.map(([flag]) => flag));
  expect(rows.filter((name) => !flags.some((flag) => flag.name === name))).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
  const { fields } = await form();
  for (const field of fields) expect(field.hint, field.id).toMatch(/\w/);
  expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining([...rows, "image", "command", "more"]));
});

describe("nonsense in a line has its sentence", () => {
  const nonsense: readonly (readonly [id: string, value: string, sentence: string])[] = [
    ["image", "", "Of which image? nginx:1.27, registry:5000/team/app:1.2"],
    ["image", "Not An Image", "Not An Image is not the name of an image: nginx, registry:5000/team/app:1.2."],
    ["command", "sh -c 'open", "A ' is opened and not closed: nothing behind it can be trusted"],
    ["command", "a | b", "No shell reads this: for | run sh -c '…'."],
    ["name", "_", "_ is not a name for a container"],
    ["name", "web", "web is the name of web000000000, which is running."],
    ["env", "MODE", "MODE takes its value from the shell: write MODE=value."],
    ["env", "A=$HOME", "No shell reads this: quote $HOME, or run sh -c '…'."],
    ["env-file", "./x", "./x is not an absolute path, and where the shell is, is not known here"],
    ["user", "a b", "a b is not a user: 1000:1000, www-data."],
    ["workdir", "srv", "srv is not an absolute path."],
    ["hostname", "a b", "a b is not a name for a host."],
    ["label", "=x", "=x has no name: key=value."],
    ["publish", "80:99999", "80:99999 has 99999, which is not a port from 1 to 65535."],
    ["publish", "80:80 x", "x is not a port: 8080:80, 127.0.0.1:53:53/udp, 8000-8010:8000-8010."],
    ["publish", "8080:80", "Port 8080 of the host is published by web, which is running."],
    ["publish", "9000:80 9000:81", "Port 9000 of the host is asked for twice."],
    ["expose", "x", "x is not a port: 80, 7000-7010/udp."],
    ["network", "no/net", "no/net is not a network: bridge, host, none, container:NAME"],
    ["network", "nope", "There is no network nope: docker network create nope makes one."],
    ["network", "container:nobody", "There is no container nobody."],
    ["network-alias", "db", "--network-alias needs a network of your own: --network NAME."],
    ["ip", "1.2.3", "1.2.3 is not an IPv4 address: 172.30.100.104."],
    ["ip", "172.20.0.9", "--ip needs a network of your own with a subnet: --network NAME."],
    ["dns", "one", "one is not an IP address."],
    ["add-host", "db", "db is not a name with an address: db:10.0.0.5"],
    ["volume", "a:b", "a:b has b, which is not an absolute path inside the container."],
    ["volume", "./x:/x", "./x:/x has ./x, which depends on the shell's folder: write the path out."],
    ["volume", "/a:/x /b:/x", "Two mounts lie at the same path inside the container."],
    ["mount", "type=bind", "type=bind has no target: target=/inside."],
    ["tmpfs", "run", "run has run, which is not an absolute path inside the container."],
    ["volumes-from", "nobody:ro", "There is no container nobody."],
    ["volumes-from", "a:b:c", "a:b:c is not a container with a mode: data, data:ro."],
    [
      "restart",
      "sometimes",
      "sometimes is not a restart policy: no, always, unless-stopped, on-failure[:n].",
    ],
    ["stop-signal", "!", "! is not a signal: SIGTERM, 15."],
    ["stop-timeout", "soon", "soon is not a number of seconds."],
    ["pull", "maybe", "maybe is not one of always, missing, never."],
    ["platform", "a b", "a b is not a platform: linux/amd64."],
    ["memory", "12x", "12x is not a size: 512m, 2g."],
    ["memory", "1m", "1m is too little: at least 6m."],
    ["memory-swap", "1g", "--memory-swap needs --memory: it is the limit of both together."],
    ["memory-reservation", "x", "x is not a size: 512m, 2g."],
    ["shm-size", "x", "x is not a size: 512m, 2g."],
    ["cpus", "two", "two is not a number of CPUs: 0.5, 2."],
    ["cpu-shares", "-1", "-1 is not a whole number from 0 on."],
    ["cpuset-cpus", "2-1", "2-1 is not a list of CPUs: 0-2,4."],
    ["pids-limit", "many", "many is not a whole number from -1 on."],
    ["device-write-bps", "/dev/sda", "/dev/sda is not a device with a rate: /dev/sda:10m."],
    ["device-write-iops", "sda:1", "sda:1 is not a device with a rate: /dev/sda:10485760."],
    ["device-read-bps", "/dev/sda:x", "/dev/sda:x has a rate that is not a size: 512m, 2g."],
    ["device-read-iops", "/dev/sda:x", "/dev/sda:x has a rate that is not a whole number from 0 on."],
    ["ulimit", "nofile", "nofile is not a ulimit: nofile=1024:2048."],
    ["cap-add", "NET-ADMIN", "NET-ADMIN is not a capability: NET_ADMIN, ALL."],
    ["cap-drop", "-", "- is not a capability: NET_ADMIN, ALL."],
    ["device", "a:b:c:d", "a:b:c:d is not a device: /dev/ttyUSB0:/dev/ttyUSB0:rwm."],
    ["security-opt", "be-safe", "be-safe is not a security option: no-new-privileges"],
    ["health-interval", "often", "often is not a duration: 30s, 1m30s, 500ms."],
    ["health-timeout", "5", "5 is not a duration: 30s, 1m30s, 500ms."],
    ["health-retries", "-1", "-1 is not a whole number from 0 on."],
    ["health-start-period", "x", "x is not a duration: 30s, 1m30s, 500ms."],
    ["log-opt", "max-size", "max-size gives max-size no value: max-size=10m."],
    ["more", "--frobnicate", "--frobnicate is not a flag that dockui knows."],
    ["more", "--cidfile /x", "--cidfile writes a file, which dockui does not."],
    ["more", "--sysctl vm.swappiness=1", "--sysctl vm.swappiness=1 is not a setting of a container"],
    ["more", "--name web", "--name has a line of its own above."],
    ["more", "-d", "--detach has a line of its own above."],
    ["more", "sleep 5", "sleep is no flag: the command has a line of its own."],
  ];

  test.each(nonsense)("%s: %s", async (id, value, sentence) => {
    const { fields } = await form();
    const wrong = faults(fields, filled({ [id]: value }));
    expect(wrong[id]).toContain(sentence);
    expect(Object.keys(wrong)).toEqual([id]);
  });

  test("no line that takes a text with rules is left out of these", async () => {
    const { fields } = await form();
    const tried = new Set(nonsense.map(([id]) => id));
    const free = ["entrypoint", "health-cmd", "log-driver"]; // any text will do
    const texts = fields.filter(({ kind }) => kind === "text").map(({ id }) => id);
    expect(texts.filter((id) => !tried.has(id) && !free.includes(id))).toEqual([]);
  });
});

test("what cannot be together is told at the line that has to give way", async () => {
  const { fields } = await form();
  const wrong = (answers: Answers) => faults(fields, filled(answers));
  expect(wrong({ rm: true, restart: "always" })).toEqual({
    restart: expect.stringContaining("--rm and --restart exclude each other"),
  });
  expect(wrong({ "no-healthcheck": true, "health-cmd": "true" })).toEqual({
    "health-cmd": "--no-healthcheck and the --health-… flags exclude each other.",
  });
  expect(wrong({ network: "container:web", publish: "1234:80" })).toEqual({
    publish: "Ports belong to the container whose network is used: publish them there.",
  });
  expect(wrong({ network: "shop", ip: "10.0.0.1" })).toEqual({
    ip: "The network's addresses are 172.20.0.0/16.",
  });
  expect(wrong({ image: "other", pull: "never" })).toEqual({
    image: "It is not on this engine, and shall never be pulled.",
  });
});

test("what should be known of a value that will do is told", async () => {
  const { fields } = await form();
  const told = (id: string, answers: Answers) => {
    const field = fields.find((one) => one.id === id);
    return field && adviceOf(field, filled(answers));
  };
  expect(faults(fields, filled({ image: "redis:7" }))).toEqual({});
  expect(told("image", { image: "redis:7" })).toBe("Not on this engine: it will be pulled first.");
  expect(told("image", { image: "docker.io/library/nginx" })).toBeUndefined();
  expect(told("network", { network: "container:old" })).toBe(
    "old is exited: it must run when this one starts.",
  );
  expect(told("publish", { network: "host", publish: "8080:80" })).toBe(
    "With the network host no port is published.",
  );
  expect(told("volume", { volume: "data:/data new:/new /srv:/srv" })).toBe(
    "A new volume will be made: new. Where /srv is missing on the host, an empty folder is made.",
  );
});

test("a port is taken by who runs and has it on that address", () => {
  const holder = (ip?: string) =>
    containerOf({
      name: "web",
      ports: [{ private: 80, public: 80, protocol: "tcp", ...(ip ? { ip } : {}) }],
    });
  const clash = (text: string, ip?: string) => {
    const ports = text.split(" ").flatMap((word) => {
      const read = publishedPort.parse(word);
      return "value" in read ? [read.value] : [];
    });
    return portClash(ports, [holder(ip)]);
  };
  expect(clash("80:1")).toContain("is published by web");
  expect(clash("79-81:79-81")).toContain("Port 80 of the host");
  expect(clash("127.0.0.1:80:1")).toContain("is published by web");
  expect(clash("127.0.0.1:80:1", "127.0.0.2")).toBeUndefined();
  expect(clash("80:1", "127.0.0.2")).toContain("is published by web");
  expect(clash("80:1/udp")).toBeUndefined();
  expect(clash("80-90:1")).toBeUndefined();
  expect(clash("127.0.0.1::1 80")).toBeUndefined();
});

test("an image is found by every name that docker finds it by", () => {
  const digest = `sha256:${"cd".repeat(32)}`;
  const all: Image[] = [{ ...image("nginx:latest"), digests: [`nginx@${digest}`] }, image("reg:5000/a/b:1")];
  const found = ["nginx", "nginx:latest", "library/nginx", "docker.io/nginx", `nginx@${digest}`, "abab"];
  for (const name of [...found, `nginx:1@${digest}`, "reg:5000/a/b:1"])
    expect(hasImage(all, name), name).toBe(true);
  for (const name of ["nginx:1", "reg:5000/a/b", "b:1", `redis@${digest}`, "cdcd"])
    expect(hasImage(all, name), name).toBe(false);
});

test("another one gets the next name that is free", () => {
  expect(freeName("web", ["web"])).toBe("web-2");
  expect(freeName("web-2", ["web", "web-2", "web-3"])).toBe("web-4");
});

describe("the command line", () => {
  const line = (change: Partial<RunSpec>, after: After = "follow") =>
    commandLine({ spec: { ...emptySpec, image: "nginx", ...change }, after });

  test("says docker create where nothing is started", () => {
    expect(line({ name: "web", detach: true }, "create")).toBe("docker create --name web nginx");
    expect(line({ name: "web", detach: true }, "start")).toBe("docker run -d --name web nginx");
    expect(line({ image: "" })).toBe("docker run IMAGE");
  });

  test("hides secrets", () => {
    const spec = { env: [{ key: "API_TOKEN", value: "hunter2" }], command: ["--password", "hunter2"] };
    expect(line(spec)).not.toContain("hunter2");
  });
});

test("a pasted line says what is done after it, and what of it could not be taken over", () => {
  const after = (text: string) => pastedLine(text)?.answers.after;
  expect(after("docker run -d nginx")).toBe("start it");
  expect(after("docker run nginx")).toBe("start it and follow its log");
  expect(after("docker run -it alpine sh")).toBe("start it and attach");
  expect(after("$ sudo docker container create nginx")).toBe("only create it");
  expect(pastedLine("nginx")).toBeUndefined();
  expect(pastedLine("docker ps")).toBeUndefined();
  const pasted = pastedLine("docker run --cidfile x --sysctl net.core.somaxconn=1024 -m 12x nginx");
  expect(pasted?.problems).toEqual([
    "--cidfile writes a file, which dockui does not",
    "-m 12x is not a size: 512m, 2g",
  ]);
  expect(pasted?.answers).toMatchObject({
    more: "--sysctl net.core.somaxconn=1024 --cidfile x",
    memory: "12x",
  });
});
