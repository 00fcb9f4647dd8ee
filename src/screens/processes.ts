import type { TargetsAction } from "../actions/action.ts";
import { docker, faultOfSignal } from "../actions/containers/states.ts";
import type { ListScreen } from "../actions/list-screen.ts";
import type { Container } from "../docker/containers.ts";
import type { Source } from "../docker/source.ts";
import { duration } from "../format/age.ts";
import { shellQuote } from "../format/quote.ts";
import { binarySize } from "../format/size.ts";
import type { ProcessItem } from "../hooks/processes/source.ts";

/** The processes of a container as a list. */
export function processesScreen(container: Container, source: Source<ProcessItem>): ListScreen<ProcessItem> {
  return {
    id: "processes",
    title: "Processes",
    noun: ["process", "processes"],
    source: () => source,
    columns: [
      {
        ...{ id: "pid", title: "PID", min: 5, max: 8, rank: 0, align: "right" },
        text: ({ pid }) => String(pid),
        sort: ({ pid }) => pid,
      },
      {
        ...{ id: "user", title: "USER", min: 4, max: 12, rank: 4 },
        text: ({ user }) => user,
        sort: ({ user }) => user,
      },
      {
        ...{ id: "cpu", title: "CPU", min: 5, max: 7, rank: 1, align: "right" },
        text: ({ cpu }) => (cpu === undefined ? "–" : `${cpu.toFixed(1)}%`),
        sort: ({ cpu }) => cpu,
        descending: true,
      },
      {
        ...{ id: "memory", title: "MEM", min: 8, max: 9, rank: 2, align: "right" },
        text: ({ memory }) => (memory === undefined ? "–" : binarySize(memory)),
        sort: ({ memory }) => memory,
        descending: true,
      },
      {
        ...{ id: "up", title: "UP", min: 5, max: 8, rank: 5, align: "right" },
        text: ({ seconds }) =>
          seconds === undefined ? "–" : seconds === 0 ? "0s" : duration(seconds * 1000),
        sort: ({ seconds }) => seconds,
      },
      {
        ...{ id: "role", title: "ROLE", min: 4, max: 4, rank: 3.5, optional: true },
        text: ({ main }) => (main ? "main" : ""),
      },
      {
        ...{ id: "command", title: "COMMAND", min: 10, max: 36, rank: 3, grows: true },
        text: ({ shown }) => shown,
        sort: ({ shown }) => shown,
      },
    ],
    sortedBy: "cpu",
    name: ({ id }) => id,
    search: ({ pid, user, shown }) => ({
      fields: { pid: String(pid), user, command: shown },
      labels: {},
      exact: { name: [shown], id: [String(pid)] },
    }),
    gone: "It does not run any more.",
    empty: "Nothing runs in it.",
    actions: [killAction(container, source)],
  };
}

function killAction(container: Container, source: Source<ProcessItem>): TargetsAction<ProcessItem> {
  const pids = (names: readonly string[]) => {
    const chosen = source.get().items.filter(({ id }) => names.includes(id));
    const main = new Set(chosen.filter((item) => item.main).map(({ id }) => id));
    const pid = (name: string) => name.split(" ")[0] ?? "";
    return { ofMain: main.size > 0, others: names.filter((name) => !main.has(name)).map(pid) };
  };
  return {
    id: "kill-process",
    on: "targets",
    keys: ["K"],
    label: "kill",
    help: "Kill: send a signal to the process, or to the marked ones",
    footer: 1,
    changes: true,
    doing: "signalling",
    done: "signalled",
    unavailable: () => undefined,
    confirm: {
      danger: true,
      detail: ({ user, main }) => `user ${user}, in ${container.name}${main ? ", its main process" : ""}`,
      note: (items) =>
        items.some(({ main }) => main) ? `When its main process ends, ${container.name} stops.` : undefined,
      fields: [
        {
          kind: "text",
          id: "signal",
          label: "Signal",
          value: "TERM",
          hint: "TERM asks it to end, KILL ends it at once, HUP often reloads",
          check: faultOfSignal,
        },
      ],
    },
    // Docker itself can only signal the main process; the numbers are those of the engine's host.
    command(names, { signal = "TERM" }) {
      const { ofMain, others } = pids(names);
      return [
        ...(ofMain ? [docker("kill", [container.name], "--signal", String(signal))] : []),
        ...(others.length > 0
          ? [`${shellQuote(["kill", "-s", String(signal), ...others])}  # on the engine's host`]
          : []),
      ].join("; ");
    },
    async run(process, { engine, answers, signal }) {
      await engine.killProcess(container.id, process, String(answers.signal ?? "TERM"), signal);
      source.refresh(undefined);
    },
  };
}
