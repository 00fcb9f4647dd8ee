import { expect, test } from "vitest";
import { toFacts } from "../../src/docker/facts/facts.ts";
import { detailLines } from "../../src/screens/details/lines.ts";

const now = Date.UTC(2026, 10, 21, 9);

/** The lines under one heading of the details of a container whose inspect holds that. */
function linesOf(heading: string, inspect: object): string[] {
  let under = "";
  return detailLines(toFacts(inspect, undefined, now), { now, revealed: false }).flatMap((line) => {
    under = line.heading || under;
    return under === heading ? [line.text] : [];
  });
}

const probe = (secondsAgo: number, output: string, code = 1) => ({
  Start: new Date(now - secondsAgo * 1000).toISOString(),
  End: new Date(now - secondsAgo * 1000).toISOString(),
  ...{ ExitCode: code, Output: output },
});

const checked = (Log: object[]) => ({
  State: { Status: "running", Running: true, Health: { Status: "unhealthy", FailingStreak: 3, Log } },
  Config: { Healthcheck: { Test: ["CMD-SHELL", "check"] } },
});

test("of a long probe its last lines are shown, where the error stands", () => {
  const output = Array.from({ length: 9 }, (_, at) => `line ${at + 1}`).join("\n");
  const shown = linesOf("Health", checked([probe(4, output)]));
  expect(shown.slice(3)).toEqual([
    "4s ago  exit 1",
    "  … 4 lines before: i shows all",
    ...[5, 6, 7, 8, 9].map((at) => `  line ${at}`),
  ]);
});

test("equal probes in a row are one, with the number of times; a progress line is what it became", () => {
  const all = [
    probe(30, "fine", 0),
    probe(20, "0%\r50%\rno answer\n"),
    probe(10, "no answer"),
    probe(5, "no answer"),
  ];
  expect(linesOf("Health", checked(all)).slice(3)).toEqual([
    "5s ago  exit 1  3 times  no answer",
    "30s ago  exit 0  fine",
  ]);
});

test("ports in a row are one line, those of IPv6 have brackets", () => {
  const Ports = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      `${20_000 + at}/tcp`,
      [
        { HostIp: "0.0.0.0", HostPort: `${20_000 + at}` },
        { HostIp: "::", HostPort: `${20_000 + at}` },
      ],
    ]),
  );
  expect(linesOf("Ports", { NetworkSettings: { Ports } })).toEqual([
    "20000-20299/tcp ← 0.0.0.0:20000-20299, [::]:20000-20299",
  ]);
});

test("a container without a network of its own says whose it shares", () => {
  expect(linesOf("Ports", { HostConfig: { NetworkMode: "host" } })[0]).toContain("shares the host's network");
  expect(linesOf("Ports", { HostConfig: { NetworkMode: "container:4f2a" } })).toEqual([
    "shares the network of a container that is gone",
  ]);
});

test("a policy that gave up is no restart loop, and a limit that an engine missed is named", () => {
  const shown = linesOf("State", {
    ...{
      RestartCount: 2,
      State: { Status: "exited", ExitCode: 137, FinishedAt: new Date(now).toISOString() },
    },
    HostConfig: { Memory: 10 * 2 ** 20, RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } },
  });
  expect(shown).toContain("restarted 2 times by its policy, which gave up");
  expect(shown.join()).toContain("for want of memory: its limit is 10MiB");
  expect(shown.join()).not.toContain("restart loop");
});
