import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { perform } from "../../src/actions/perform.ts";
import type { Session } from "../../src/actions/session.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { plainText } from "../../src/format/ansi.ts";
import { createProcessSource, type ProcessItem } from "../../src/hooks/processes/source.ts";
import { createStatsFeed } from "../../src/hooks/stats/feed.ts";
import { createStatsView } from "../../src/hooks/stats/view.ts";
import { changesTree } from "../../src/hooks/tree/changes-tree.ts";
import { processesScreen } from "../../src/screens/processes.ts";
import { paintStats } from "../../src/screens/stats/paint.ts";
import { createTheme } from "../../src/ui/theme.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const docker = (...args: string[]) => sharedEngine().docker(...args);
const theme = createTheme({ colour: true, styles: true });

/** The figure behind a label on the painted page: "cpu" → "12.34%  of 40%". */
const figure = (lines: readonly string[], label: string) =>
  lines
    .map(plainText)
    .find((line) => line.startsWith(` ${label} `))
    ?.slice(9, 44)
    .trim() ?? "";

describeEngine("the views over a container", () => {
  let desk: Desk;
  let session: Session;
  beforeAll(() => {
    desk = openDesk(unix(sharedEngine().socketPath));
    session = desk.session;
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(closeDesks);

  test("statistics paint what docker stats prints", async () => {
    const flags = ["--cpus", "0.4", "-m", "100m", "--pids-limit", "77"];
    const held = "dd if=/dev/zero of=/dev/shm/held bs=1M count=20 2>/dev/null; sleep 1000 & sleep 1000";
    await runContainer(sharedEngine(), "held", { flags, command: ["sh", "-c", held] });
    const container = await desk.container("held");
    const feed = createStatsFeed(session, container);
    const leaving = new AbortController();
    const running = feed.run(leaving.signal);
    await until(feed.history, (moments) => moments.length >= 3);
    await until(feed, ({ limits }) => limits !== undefined);
    const format = "{{.CPUPerc}}|{{.MemUsage}}|{{.MemPerc}}|{{.NetIO}}|{{.BlockIO}}|{{.PIDs}}";
    const view = createStatsView([feed]);
    // Both are taken at another moment, and a few pages come or go: that they agree once is asked.
    const differences = async () => {
      const printed = (await docker("stats", "--no-stream", "--format", format, "held")).trim().split("|");
      const [cpu = "", memory = "", share = "", net = "", block = "", pids = ""] = printed;
      const lines = paintStats({ view, feeds: [feed], session }, { columns: 160, rows: 45, theme });
      const [used = "", limit = ""] = memory.split(" / ");
      const [received = "", sent = ""] = net.split(" / ");
      const [read = "", written = ""] = block.split(" / ");
      const cpuDiffers = Math.abs(Number.parseFloat(figure(lines, "cpu")) - Number.parseFloat(cpu));
      const wanted: [figure: string, text: string][] = [
        ["cpu", " of 40%"],
        ["memory", `${used}  of ${limit}`],
        ["eth0 rx", `total ${received}`],
        ["eth0 tx", `total ${sent}`],
        ["read", `total ${read}`],
        ["written", `total ${written}`],
        ["pids", `${pids}  of 77`],
      ];
      return [
        ...wanted.filter(([name, text]) => !figure(lines, name).includes(text)).map(([name]) => name),
        ...(cpuDiffers < 1 ? [] : ["cpu"]),
        ...(lines.map(plainText).join("\n").includes(share) ? [] : ["share"]),
        ...(limit === "100MiB" ? [] : ["limit"]),
      ];
    };
    await expect.poll(differences).toEqual([]);
    leaving.abort();
    await running;
  });

  test("statistics go on when the container is started again, and end with it", async () => {
    await runContainer(sharedEngine(), "again");
    const feed = createStatsFeed(session, await desk.container("again"));
    const running = feed.run(new AbortController().signal);
    await until(feed, ({ status }) => status === "following");
    await docker("kill", "again");
    await until(feed, ({ status }) => status === "stopped");
    const { length } = feed.history.get();
    await docker("start", "again");
    await until(feed, ({ status }) => status === "following");
    await until(feed.history, (moments) => moments.length > length);
    await docker("update", "--cpus", "0.5", "again");
    await until(feed, ({ limits }) => limits?.cpus === 0.5);
    await docker("rm", "-f", "again");
    await until(feed, ({ status }) => status === "gone");
    await running;
  });

  test("processes are those of docker top; one of them is killed, and the container lives on", async () => {
    await runContainer(sharedEngine(), "many", {
      command: ["sh", "-c", "sleep 501 & sleep 502 & sleep 503 & wait"],
    });
    const container = await desk.container("many");
    const source = createProcessSource(session, container);
    const stop = source.subscribe(() => {});
    const commands = ({ items }: { items: readonly ProcessItem[] }) =>
      items.map(({ command }) => command).sort();
    await until(source, (now) => now.items.length === 4);
    const top = (await docker("top", "many", "-o", "pid,args")).trim().split("\n").slice(1);
    const told = source.get().items.map(({ pid, command }) => `${pid} ${command}`);
    expect(told.toSorted()).toEqual(top.map((line) => line.trim().replace(/\s+/, " ")).sort());
    const main = source.get().items.filter((item) => item.main);
    expect(main.map(({ pid }) => String(pid))).toEqual([
      (await docker("inspect", "-f", "{{.State.Pid}}", "many")).trim(),
    ]);
    const screen = processesScreen(container, source);
    const [kill] = screen.actions as TargetsAction<ProcessItem>[];
    const chosen = source.get().items.filter(({ command }) => /^sleep 50[12]$/.test(command));
    const names = chosen.map(({ id }) => id);
    expect(kill?.command(names, { signal: "KILL" })).toBe(
      `kill -s KILL ${chosen.map(({ pid }) => pid).join(" ")}  # on the engine's host`,
    );
    if (kill) await perform(session, screen, kill, chosen, { signal: "KILL" });
    await until(
      source,
      (now) => !commands(now).includes("sleep 501") && !commands(now).includes("sleep 502"),
    );
    expect((await docker("inspect", "-f", "{{.State.Running}}", "many")).trim()).toBe("true");
    expect(session.notice.get()).toMatchObject({ tone: "good", text: "Signalled 2." });
    await docker("kill", "many");
    await until(source, ({ items }) => items.length === 0);
    expect(source.get().problem).toBeUndefined();
    stop();
  });

  test("the tree of changed files says what docker diff says", async () => {
    const work = "mkdir -p /etc/app/a; echo 1 >/etc/app/a/1; rm -r /root; echo x >>/etc/passwd; sleep 1000";
    await runContainer(sharedEngine(), "changed", { command: ["sh", "-c", work] });
    const { id } = await desk.container("changed");
    await expect.poll(() => docker("diff", "changed")).toContain("C /etc/passwd");
    const roots = changesTree(await session.engine.changedFiles(id));
    const lines = roots.flatMap(({ value }) => value.split("\n"));
    expect(lines.toSorted()).toEqual((await docker("diff", "changed")).trim().split("\n").sort());
    expect(roots.map(({ text }) => text)).toEqual(["C etc/  2", "D root"]);
  });
});
