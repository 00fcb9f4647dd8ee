import { fail } from "./http.ts";
import { pidOf } from "./inspect.ts";
import { ranFor } from "./lifecycle.ts";
import { host } from "./stats.ts";
import type { DemoContainer } from "./types.ts";

type Running = { pid: number; parent: number; cpu: number; memory: number; seconds: number; command: string };

/** What runs in a container: its command, and workers below it where it has much to do. */
function runningIn(container: DemoContainer, now: number): Running[] {
  const main = pidOf(container);
  const workers = Math.min(4, Math.ceil(container.cores * 4));
  const seconds = Math.floor(ranFor(container, now) / 1000);
  const share = 1 / (workers + 1);
  const cpu = container.cores * 100 * share;
  const memory = Math.round(container.memory * share);
  const below = Array.from({ length: workers }, (_, index) => ({
    ...{ pid: main + 7 + index, parent: main, memory, seconds },
    cpu: cpu * (1 + (workers - index) / 4),
    command: `${container.command[0] ?? "sh"}: worker process ${index}`,
  }));
  return [
    { pid: main, parent: main - 20, cpu, memory, seconds, command: container.command.join(" ") },
    ...below,
  ];
}

/** The columns of procps that can be asked for with `-o`: the title, and what stands in it. */
const columns: Readonly<Record<string, readonly [title: string, text: (one: Running) => string]>> = {
  pid: ["PID", ({ pid }) => String(pid)],
  ppid: ["PPID", ({ parent }) => String(parent)],
  user: ["USER", () => "root"],
  uid: ["UID", () => "root"],
  c: ["C", ({ cpu }) => cpu.toFixed(0)],
  pcpu: ["%CPU", ({ cpu }) => cpu.toFixed(1)],
  pmem: ["%MEM", ({ memory }) => ((memory / host.memory) * 100).toFixed(1)],
  rss: ["RSS", ({ memory }) => String(Math.round(memory / 1024))],
  etimes: ["ELAPSED", ({ seconds }) => String(seconds)],
  stime: ["STIME", () => "09:12"],
  tty: ["TTY", () => "?"],
  time: ["TIME", () => "00:00:03"],
  args: ["COMMAND", ({ command }) => command],
  cmd: ["CMD", ({ command }) => command],
};

/** What the engine asks when nothing is said: `ps -ef`. */
const usual = ["uid", "pid", "ppid", "c", "stime", "tty", "time", "cmd"];

/** The answer of `top`; throws ApiError 409 when it does not run, 500 when ps knows no such columns. */
export function topOf(container: DemoContainer, psArgs: string | null, now: number) {
  if (pidOf(container) === 0) fail(409, `Container ${container.id} is not running`);
  const asked = /^-o (\S+)$/.exec(psArgs ?? "")?.[1]?.split(",") ?? usual;
  const chosen = asked.map(
    (name) => columns[name] ?? fail(500, `ps: error: unknown user-defined format specifier "${name}"`),
  );
  return {
    Titles: chosen.map(([title]) => title),
    Processes: runningIn(container, now).map((one) => chosen.map(([, text]) => text(one))),
  };
}
