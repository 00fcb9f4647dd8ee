import { expect, test } from "vitest";
import type { Gate } from "../../src/docker/gate.ts";
import { findInner, type InnerProcess, toInnerProcesses } from "../../src/docker/inside/inner-processes.ts";
import { elapsedSeconds, type Process, processes, toProcesses } from "../../src/docker/inside/processes.ts";

test("the ps of procps tells all columns", () => {
  const Titles = ["PID", "PPID", "USER", "%CPU", "%MEM", "RSS", "ELAPSED", "COMMAND"];
  const Processes = [["5953", "5931", "root", "4.1", "0.3", "1516", "95", "sh -c sleep 1 & true"]];
  expect(toProcesses({ Titles, Processes })).toEqual([
    {
      ...{ pid: 5953, parent: 5931, user: "root", cpu: 4.1, memoryPercent: 0.3, memory: 1516 * 1024 },
      ...{ seconds: 95, command: "sh -c sleep 1 & true" },
    },
  ]);
});

test("what the engine asks of ps by itself has no memory, and its user is called UID", () => {
  const Titles = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];
  const Processes = [["root", "7", "1", "0", "09:04", "?", "00:00:00", "sleep 9"]];
  expect(toProcesses({ Titles, Processes })).toEqual([
    { pid: 7, parent: 1, user: "root", command: "sleep 9" },
  ]);
});

test("Podman tells each process as one text", () => {
  const Titles = ["USER", "PID", "PPID", "%CPU", "ELAPSED", "TTY", "TIME", "COMMAND"];
  const Processes = [
    ["root        1           0           0.500       1m2.5s      ?           0s          sleep 10 20"],
  ];
  expect(toProcesses({ Titles, Processes })).toEqual([
    { pid: 1, parent: 0, user: "root", cpu: 0.5, seconds: 62, command: "sleep 10 20" },
  ]);
});

test.each([undefined, {}, { Titles: null, Processes: null }, { Titles: ["PID"], Processes: [["x"]] }])(
  "%j holds no processes",
  (answer) => {
    expect(toProcesses(answer)).toEqual([]);
  },
);

test("the text of a process is harmless", () => {
  const answer = { Titles: ["PID", "COMMAND"], Processes: [["1", "sh \u001b]0;x\u0007"]] };
  expect(toProcesses(answer)[0]?.command).toBe("sh \u241b]0;x\u2407");
});

test.each([
  ["95", 95],
  ["01:35", 95],
  ["02:00:05", 7205],
  ["3-02:00:05", 266_405],
  ["2d03", 183_600],
  ["3h04", 11_040],
  ["1h2m3.9s", 3723],
  ["4.2s", 4],
  ["", undefined],
  ["soon", undefined],
  [undefined, undefined],
])("%s have elapsed: %s seconds", (cell, seconds) => {
  expect(elapsedSeconds(cell)).toBe(seconds);
});

const stat = (pid: number, name: string, parent: number, start: number, state = "S") =>
  `${pid} (${name}) ${state} ${parent} 1 1 0 -1 4194560 995 0 0 0 0 1 0 0 20 0 1 0 ${start} 2322432 364`;

test("the container's own list is read without the shell that made it", () => {
  const output = [
    "42\n",
    `${stat(1, "sh", 0, 100)}\nsh\0-c\0sleep 5\0`,
    `${stat(7, "a) S 9 (b", 1, 130)}\nsleep\0${"5"}\0`,
    `${stat(8, "gone", 1, 140, "Z")}\n`,
    `${stat(42, "sh", 0, 200)}\nsh\0-c\0list\0`,
    `${stat(43, "cat", 42, 201)}\ncat\0x\0`,
  ];
  expect(toInnerProcesses(output.join("--m--\n"), "--m--")).toEqual([
    { pid: 1, parent: 0, start: 100, command: "sh -c sleep 5" },
    { pid: 7, parent: 1, start: 130, command: "sleep 5" },
    { pid: 8, parent: 1, start: 140, command: "[gone] <defunct>" },
  ]);
});

const outside = (pid: number, command: string, parent = 100, seconds = 5): Process => ({
  ...{ pid, parent, seconds, command, user: "root" },
});
const inside = (pid: number, command: string, start: number, parent = 1): InnerProcess => ({
  ...{ pid, parent, start, command },
});
const main = outside(100, "sh -c work", 50);
const innerMain = inside(1, "sh -c work", 10, 0);

test("of equal commands the first to start is the first to be found", () => {
  const before = [main, outside(102, "sleep 9", 100, 5), outside(101, "sleep 9", 100, 60)];
  const inner = [innerMain, inside(9, "sleep 9", 70), inside(8, "sleep 9", 20)];
  const find = (pid: number) => {
    const wanted = before.find((one) => one.pid === pid) as Process;
    return findInner(wanted, before, inner, before);
  };
  expect(find(101)).toMatchObject({ pid: 8 });
  expect(find(102)).toMatchObject({ pid: 9 });
});

test("ps writes what is no plain text in its own way", () => {
  const wanted = outside(101, "sh -c echo ??  x");
  const inner = [innerMain, inside(9, "sh -c echo \u00e9\n x", 70)];
  expect(findInner(wanted, [main, wanted], inner, [main, wanted])).toMatchObject({ pid: 9 });
});

const one = outside(101, "sleep 9");
test.each<[string, Process[], InnerProcess[], Process[], string]>([
  ["it has ended", [main, one], [innerMain], [main], "gone"],
  ["its number is another's now", [main, one], [innerMain], [main, outside(101, "cat")], "gone"],
  [
    "it became another program",
    [main, one],
    [innerMain, inside(9, "cat", 3)],
    [main, outside(101, "cat")],
    "gone",
  ],
  [
    "there are more of them inside",
    [main, one],
    [inside(8, "sleep 9", 1), inside(9, "sleep 9", 2)],
    [main, one],
    "unclear",
  ],
  [
    "one of its like ended meanwhile",
    [main, one, outside(102, "sleep 9")],
    [inside(9, "sleep 9", 2)],
    [main, one],
    "unclear",
  ],
  [
    "its parent inside is another",
    [main, one],
    [innerMain, inside(9, "sleep 9", 2, 55)],
    [main, one],
    "unclear",
  ],
])("nothing is found when %s", (_, before, inner, after, answer) => {
  expect(findInner(one, before, inner, after)).toBe(answer);
});

/** An engine whose ps takes only some questions; it keeps what was asked. */
function engineWith(answers: (psArgs: unknown) => unknown) {
  const asked: unknown[] = [];
  const call = async (_method: string, _path: string, query: Record<string, unknown>) => {
    asked.push(query.ps_args);
    return answers(query.ps_args);
  };
  return { asked, gate: { call } as unknown as Gate };
}

test("a ps that does not know our columns is asked for fewer, and at last for its own", async () => {
  const row = { Titles: ["PID", "RSS", "ELAPSED", "COMMAND"], Processes: [["5", "1.5m", "3h04", "x"]] };
  const refuse = () => {
    throw Object.assign(new Error("Error running ps: exit status 1"), { statusCode: 500 });
  };
  const busybox = engineWith((psArgs) => (String(psArgs).includes("etimes") ? refuse() : row));
  expect(await processes(busybox.gate, "x")).toMatchObject([{ pid: 5, memory: 1_572_864, seconds: 11_040 }]);
  const podman = engineWith((psArgs) => (psArgs === undefined ? row : undefined));
  expect(await processes(podman.gate, "x")).toHaveLength(1);
  expect(podman.asked).toHaveLength(3);
});

test("a container that does not run is no reason to ask again", async () => {
  const stopped = engineWith(() => {
    throw Object.assign(new Error("Container x is not running"), { statusCode: 409 });
  });
  await expect(processes(stopped.gate, "x")).rejects.toThrow("is not running");
  expect(stopped.asked).toHaveLength(1);
});
