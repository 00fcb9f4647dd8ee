import { exitWords } from "../../docker/facts/exit-words.ts";
import type { ContainerFacts } from "../../docker/facts/facts.ts";
import type { Probe } from "../../docker/facts/state.ts";
import { age, duration } from "../../format/age.ts";
import { localTime } from "../../format/local-time.ts";
import { shellQuote } from "../../format/quote.ts";
import { maskedWords } from "../../format/secrets/masked.ts";
import { type DetailLook, type Line, line } from "./part.ts";

function ago(moment: number | undefined, now: number): string {
  return moment === undefined ? "" : `${age(moment, now)} ago, ${localTime(moment, "second")}`;
}

/** The state and its reason. */
export function state(facts: ContainerFacts, { now }: DetailLook): Line[] {
  const { started, finished, exitCode, oomKilled, error, restarts, restartLoop, gaveUp } = facts;
  const up = facts.state === "running" || facts.state === "paused";
  const since = up ? `, started ${ago(started, now)}` : finished ? `, ended ${ago(finished, now)}` : "";
  // What could not be started never ended, and has a code all the same.
  const ended = !up && (finished !== undefined || error !== "");
  return [
    line(`${facts.state}${since}`, up ? "good" : "plain"),
    line(
      ended ? exitWords(exitCode, { oomKilled, memoryLimit: facts.limits.memory }) : "",
      exitCode === 0 ? "plain" : "bad",
    ),
    line(!ended && oomKilled ? "The kernel killed one of its processes for want of memory." : "", "bad"),
    line(error, "bad"),
    line(
      restarts > 0 ? `restarted ${restarts} times by its policy${gaveUp ? ", which gave up" : ""}` : "",
      "warn",
    ),
    line(restartLoop ? "It ends soon after each start: a restart loop." : "", "bad"),
    line(up ? `process ${facts.pid} on the host` : ""),
  ];
}

/** So many lines of a probe's output are shown, its last ones: an error stands at the end. */
const probeLines = 5;

/** What the health check says, the last probe first, and of probes that said the same in a row how many they were. */
export function health({ health: check }: ContainerFacts, { now }: DetailLook): Line[] {
  if (!check) return [];
  const { status, failingStreak, test, intervalMs, timeoutMs, retries, probes } = check;
  const tone = status === "unhealthy" ? "bad" : status === "healthy" ? "good" : "warn";
  const failures = retries === 1 ? "1 failure makes" : `${retries} failures make`;
  const streak = failingStreak > 0 ? `, failed ${failingStreak} times in a row` : "";
  return [
    line(`${status}${streak}`, tone),
    // A shell's line is told as it was written, a program as its words.
    line(test[0] === "CMD-SHELL" ? test.slice(1).join(" ") : shellQuote(test.slice(1))),
    line(`every ${duration(intervalMs)}, at most ${duration(timeoutMs)} each, ${failures} it unhealthy`),
    ...alike(probes.toReversed()).flatMap(({ probe: { end, exitCode, output }, times }) => {
      const rows = output === "" ? [] : output.split("\n");
      const cut = rows.length > probeLines ? [`… ${rows.length - probeLines} lines before: i shows all`] : [];
      const count = times > 1 ? `  ${times} times` : "";
      const head = `${end === undefined ? "" : `${age(end, now)} ago`}  exit ${exitCode}${count}`;
      const only = rows.length === 1 ? `  ${rows[0]}` : "";
      const below = rows.length > 1 ? [...cut, ...rows.slice(-probeLines)] : [];
      return [
        line(`${head}${only}`, exitCode === 0 ? "dim" : "bad"),
        ...below.map((text) => line(`  ${text}`, "dim")),
      ];
    }),
  ];
}

/** Probes in a row with the same end and output as one, the first of them. */
function alike(probes: readonly Probe[]): { probe: Probe; times: number }[] {
  const runs: { probe: Probe; times: number }[] = [];
  for (const probe of probes) {
    const last = runs.at(-1);
    if (last?.probe.exitCode === probe.exitCode && last.probe.output === probe.output) last.times += 1;
    else runs.push({ probe, times: 1 });
  }
  return runs;
}

/** What runs, and whether a stop reaches it. */
export function command({ command: run }: ContainerFacts, { revealed }: DetailLook): Line[] {
  const words = (list: readonly string[], behind: readonly string[] = []) =>
    shellQuote(revealed ? list : maskedWords([...behind, ...list]).slice(behind.length));
  const { frontShell, init, stopSignal, graceSeconds } = run;
  const both = run.entrypoint.length > 0 && run.cmd.length > 0;
  const grace = graceSeconds < 0 ? "for ever" : `${graceSeconds} s`;
  const stays = frontShell?.verdict === "stays";
  const front = frontShell
    ? `Process 1 ${stays ? "is" : "may be"} ${frontShell.shell} in front of the program: ${frontShell.reason}. ${stays ? stopSignal : `Where it stays, ${stopSignal}`} does not reach the program, a stop waits out its ${grace}. Mend it with exec, or --init.`
    : "";
  return [
    line(words(run.command)),
    line(both ? `entrypoint ${words(run.entrypoint)}` : "", "dim"),
    line(both ? `command ${words(run.cmd, run.entrypoint)}` : "", "dim"),
    line(front, "warn"),
    line(init ? "An init is process 1 and passes signals on." : ""),
    line(`stops by ${stopSignal}, killed after ${grace}`, "dim"),
    line(
      [run.workdir && `in ${run.workdir}`, run.hostname && `as host ${run.hostname}`]
        .filter(Boolean)
        .join(", "),
      "dim",
    ),
    line([run.tty && "has a terminal", run.openStdin && "reads its input"].filter(Boolean).join(", "), "dim"),
  ];
}

/** What it was made of, and when. */
export function image({ image: from, platform, created }: ContainerFacts, { now }: DetailLook): Line[] {
  return [
    line(from.name),
    line(from.id, "dim"),
    ...from.digests.map((digest) => line(digest, "dim")),
    line(`${platform}, container created ${ago(created, now)}`, "dim"),
  ];
}
