import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { answersOf } from "../../src/actions/containers/run/answers.ts";
import { pastedLine, runForm } from "../../src/actions/containers/run/form.ts";
import { runAgain } from "../../src/actions/containers/run/run.ts";
import { firstAnswers, type Question } from "../../src/actions/question.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { emptySpec } from "../../src/docker/run/empty-spec.ts";
import { asked, type Inspected } from "./asked.ts";
import { closeDesks, type Desk, openDesk, removeAll, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { type Registry, registryUnavailable, startRegistry } from "./registry.ts";

const box = "dockui-test/busybox";
const docker = (...words: string[]) => sharedEngine().docker(...words);
const blank = answersOf(emptySpec, "start");

const open = () => openDesk(unix(sharedEngine().socketPath));
const inspect = async ({ engine }: Desk, id: string) => (await engine.inspect(id)) as Inspected;

/** The words that a shell hands to the docker command. */
function wordsOf(line: string): string[] {
  const script = `docker() { printf '%s\\0' "$@"; }; ${line}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

/** The form that lies on top, as soon as it is there. */
async function formOn({ session }: Desk): Promise<Question> {
  const overlays = await until(session.overlays, (all) => all.at(-1)?.kind === "question");
  const top = overlays.at(-1);
  if (top?.kind !== "question") throw new Error("there is no question");
  return top.question;
}

/** Sends the form and answers what it says at its end. */
async function send({ session }: Desk, question: Question, answers = firstAnswers(question.fields)) {
  session.notice.set(undefined);
  question.answer(answers);
  return (await until(session.notice, (notice) => notice !== undefined))?.text;
}

async function cleanUp() {
  await closeDesks();
  await removeAll(sharedEngine());
}

describeEngine("the create form", () => {
  beforeAll(() => docker("network", "create", "--subnet", "172.31.9.0/24", "formnet"));
  afterEach(cleanUp);
  afterAll(() => docker("network", "rm", "formnet"));

  const filled = [
    { name: "plain" },
    {
      ...{ name: "much", hostname: "box", user: "nobody", workdir: "/tmp", env: "MODE=prod 'SAID=a b'" },
      ...{
        label: "tier=web 'owner=the shop'",
        tty: true,
        interactive: true,
        init: "yes",
        publish: "18080:80 53/udp",
      },
      ...{
        expose: "9000",
        dns: "1.1.1.1",
        "add-host": "db:10.0.0.5",
        volume: "data:/data /etc:/host:ro /anon",
      },
      ...{ tmpfs: "/run:size=64k", "read-only": true, restart: "on-failure:3", "stop-signal": "SIGINT" },
      ...{ "stop-timeout": "3", memory: "64m", "memory-swap": "128m", "shm-size": "1m", cpus: "0.5" },
      ...{ "cpu-shares": "512", "cpuset-cpus": "0", "pids-limit": "50", ulimit: "nofile=100:200" },
      ...{ "cap-drop": "ALL", "cap-add": "CHOWN SYS_TIME", "security-opt": "no-new-privileges" },
      ...{ "health-cmd": "test -d / || exit 1", "health-interval": "30s", "health-timeout": "5s" },
      ...{ "health-retries": "2", "health-start-period": "1m", "log-driver": "json-file" },
      ...{ "log-opt": "max-size=10m max-file=3", more: "--sysctl net.core.somaxconn=1024 --group-add 7" },
    },
    { name: "joined", network: "formnet", "network-alias": "db primary", ip: "172.31.9.7" },
    {
      name: "hosted",
      network: "host",
      "no-healthcheck": true,
      rm: true,
      entrypoint: "/bin/sleep",
      command: "1000",
    },
  ] as const;

  test.each(filled)("makes what docker makes of the line it shows: $name", async (lines) => {
    const desk = open();
    const answers = { ...blank, image: box, ...lines };
    const form = runForm(desk.session, { answers, unchanged: blank });
    const line = form.command?.(answers) ?? "";
    const theirs = await inspect(desk, (await docker(...wordsOf(line))).trim());
    expect(theirs.Config.Image).toBe(box);
    await docker("rm", "-fv", lines.name);
    await until(desk.session.sources.containers, ({ items }) =>
      items.every(({ name }) => name !== lines.name),
    );

    expect(await send(desk, form, answers)).toBe(`Created and started ${lines.name}.`);
    const { id, state } = await desk.container(lines.name, (one) => one.state === "running");
    expect(state).toBe("running");
    expect(asked(await inspect(desk, id))).toEqual(asked(theirs));
    expect(desk.session.journal.get()).toMatchObject([{ command: line, outcome: "done" }]);
  });

  test.each(filled)("run again makes the same once more: $name", async (lines) => {
    const desk = open();
    const answers = { ...blank, image: box, ...lines };
    await send(desk, runForm(desk.session, { answers, unchanged: blank }), answers);
    const first = await desk.container(lines.name, (one) => one.state === "running");
    runAgain.open(first, desk.session);
    const form = await formOn(desk);
    const again = firstAnswers(form.fields);
    expect(again.name).toBe(`${lines.name}-2`);
    const before = asked(await inspect(desk, first.id));
    // Two cannot have one port, or one address.
    await docker("rm", "-f", lines.name);
    expect(await send(desk, form, again)).toBe(`Created and started ${lines.name}-2.`);
    const second = await desk.container(`${lines.name}-2`, (one) => one.state === "running");
    expect(asked(await inspect(desk, second.id))).toEqual(before);
  });

  test("only created, it is what docker create makes of the line, rights and devices too", async () => {
    const desk = open();
    const lines = {
      ...{ name: "rights", after: "only create it", privileged: true, device: "/dev/null:/dev/zilch:r" },
      ...{
        "device-write-bps": "/dev/sda:10m",
        "device-write-iops": "/dev/sda:100",
        "memory-reservation": "32m",
      },
      ...{ "device-read-bps": "/dev/sda:20m", "device-read-iops": "/dev/sda:200", platform: "linux/amd64" },
    };
    const answers = { ...blank, image: box, ...lines };
    const form = runForm(desk.session, { answers, unchanged: blank });
    const line = form.command?.(answers) ?? "";
    expect(line).toMatch(/^docker create /);
    const theirs = await inspect(desk, (await docker(...wordsOf(line))).trim());
    await docker("rm", "rights");
    await until(desk.session.sources.containers, ({ items }) => items.length === 0);
    expect(await send(desk, form, answers)).toContain("Created rights.");
    const { id, state } = await desk.container("rights");
    expect(state).toBe("created");
    expect(asked(await inspect(desk, id))).toEqual(asked(theirs));
  });

  test("what does not start stays, named, and can be removed at once", async () => {
    const desk = open();
    const pasted = pastedLine(`docker run -d --name odd ${box} frobnicate`);
    const answers = pasted?.answers ?? blank;
    const told = await send(desk, runForm(desk.session, { answers, unchanged: blank }), answers);
    expect(told).toBe("odd was created, but does not start: Its image has no program frobnicate.");
    const question = await formOn(desk);
    expect(question.title).toBe("odd was created, but does not start. Remove it again?");
    expect(await docker("ps", "-a", "--filter", "name=odd", "--format", "{{.State}}")).toBe("created\n");
    expect(await send(desk, question)).toContain("Removed odd.");
    expect(await docker("ps", "-aq", "--filter", "name=odd")).toBe("");
    expect(desk.session.runDraft.get()).toEqual(answers);
  });

  test.each(["", "-t"])(
    "what it runs in the foreground shows its output and its exit code: %s",
    async (flags) => {
      const desk = open();
      const pasted = pastedLine(`docker run --rm ${flags} ${box} sh -c "echo HELLO; echo LOST >&2; exit 6"`);
      const answers = pasted?.answers ?? blank;
      const told = await send(desk, runForm(desk.session, { answers, unchanged: blank }), answers);
      expect(told).toBe(`Run ${box}: exit code 6: ended with an error of its own. It was removed (--rm).`);
      const lines = desk.session.outputs.get().at(-1)?.buffer.cut(0) ?? [];
      expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(["HELLO", "LOST"]));
      expect(await docker("ps", "-aq")).toBe("");
    },
  );

  test("a port that is taken fails the start in few words; with --rm nothing stays", async () => {
    const desk = open();
    await docker("run", "-d", "--name", "holder", "-p", "18081:80", box);
    const line = (flags: string) => pastedLine(`docker run -d ${flags} -p 18081:80 ${box}`)?.answers ?? blank;
    const form = (flags: string) => runForm(desk.session, { answers: line(flags), unchanged: blank });
    expect(await send(desk, form("--name late"), line("--name late"))).toMatch(
      /^late was created, but does not start: Port \S*:18081 of the host is taken already\.$/,
    );
    expect(await send(desk, form("--rm --name brief"), line("--rm --name brief"))).toMatch(
      /^brief does not start, and was removed \(--rm\): Port /,
    );
    expect(await docker("ps", "-aq", "--filter", "name=brief")).toBe("");
  });
});

const noRegistry = registryUnavailable();

(noRegistry ? describeEngine.skip : describeEngine)("an image that is missing", () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry(sharedEngine(), { port: 5002 });
  });
  afterEach(cleanUp);
  afterAll(() => registry.remove());

  test("is pulled, and its container is started", async () => {
    const reference = `${registry.address}/team/box:1`;
    await docker("tag", box, reference);
    await docker("push", reference);
    await docker("rmi", reference);
    const desk = open();
    const answers = { ...blank, image: reference, name: "pulled" };
    const told = await send(desk, runForm(desk.session, { answers, unchanged: blank }), answers);
    expect(told).toBe("Created and started pulled.");
    expect((await desk.container("pulled", (one) => one.state === "running")).image).toBe(reference);
    await docker("rm", "-f", "pulled");
    await docker("rmi", reference);
  });

  test("and is not there either is explained, and nothing was created", async () => {
    const desk = open();
    const answers = { ...blank, image: `${registry.address}/team/none:1`, name: "none" };
    const told = await send(desk, runForm(desk.session, { answers, unchanged: blank }), answers);
    expect(told).toContain("The registry has no");
    expect(await docker("ps", "-aq", "--filter", "name=none")).toBe("");
  });
});
