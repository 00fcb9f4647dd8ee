import type { Container } from "../../docker/containers.ts";
import {
  faultOfCpus,
  faultOfCpuset,
  faultOfMemory,
  faultOfPids,
  faultOfRestart,
  faultOfShares,
  faultOfSwap,
  parseRestart,
} from "../../docker/edits/faults.ts";
import type { LimitChange } from "../../docker/edits/verbs.ts";
import type { Limits } from "../../docker/facts/limits.ts";
import { size } from "../../docker/run/kinds.ts";
import type { TargetsAction } from "../action.ts";
import { type Answers, type TextField, textOf } from "../question.ts";
import { aboutOf, type Session } from "../session.ts";
import { undoUpdate } from "../undo/undo-container.ts";
import { docker, stateDetail, unlessRemoving } from "./states.ts";

const bytes = size();
const bytesText = (value: number | undefined) => (value === undefined ? undefined : bytes.print(value));

/** A limit that can be changed: its flag, what it is now, and what is wrong with a new value. */
type LimitField = {
  id: keyof LimitChange;
  flag: string;
  label: string;
  hint: string;
  now(limits: Limits): string | undefined;
  check(value: string, place: { answers: Answers; cores: number | undefined }): string | undefined;
  read(value: string): LimitChange;
};

function toBytes(value: string): number {
  const read = size({ special: [-1] }).parse(value);
  return "value" in read ? read.value : 0;
}

function restartText({ restart }: Limits): string {
  return restart.policy === "on-failure" && restart.retries
    ? `on-failure:${restart.retries}`
    : restart.policy;
}

const limitFields: readonly LimitField[] = [
  {
    id: "memory",
    flag: "--memory",
    label: "Memory",
    hint: "512m, 2g: what is used beyond is killed for",
    now: ({ memory }) => bytesText(memory),
    check: faultOfMemory,
    read: (value) => ({ memory: toBytes(value) }),
  },
  {
    id: "swap",
    flag: "--memory-swap",
    label: "Memory and swap",
    hint: "both together: 1g; -1 for as much swap as there is",
    now: ({ swap }) => bytesText(swap),
    check: (value, { answers }) => faultOfSwap(value, textOf(answers.memory)),
    read: (value) => ({ swap: toBytes(value) }),
  },
  {
    id: "cpus",
    flag: "--cpus",
    label: "CPUs",
    hint: "1.5: at most so many cores' worth of time",
    now: ({ cpus }) => (cpus === undefined ? undefined : `${cpus}`),
    check: (value, { cores }) => faultOfCpus(value, cores),
    read: (value) => ({ cpus: Number(value) }),
  },
  {
    id: "shares",
    flag: "--cpu-shares",
    label: "CPU shares",
    hint: "its part when all want the CPU; 1024 is the usual",
    now: ({ shares }) => (shares === undefined ? undefined : `${shares}`),
    check: faultOfShares,
    read: (value) => ({ shares: Number(value) }),
  },
  {
    id: "cpuset",
    flag: "--cpuset-cpus",
    label: "On CPUs",
    hint: "0-2,4: only on these",
    now: ({ cpuset }) => cpuset,
    check: (value, { cores }) => faultOfCpuset(value, cores),
    read: (value) => ({ cpuset: value }),
  },
  {
    id: "pids",
    flag: "--pids-limit",
    label: "Processes",
    hint: "200: at most so many; -1 for no limit",
    now: ({ pids }) => (pids === undefined ? undefined : `${pids}`),
    check: faultOfPids,
    read: (value) => ({ pids: Number(value) }),
  },
  {
    id: "restart",
    flag: "--restart",
    label: "Restart policy",
    hint: "no, always, unless-stopped, on-failure, on-failure:5",
    now: restartText,
    check: faultOfRestart,
    read(value) {
      const restart = parseRestart(value);
      return restart ? { restart } : {};
    },
  },
];

/** Of one container the form holds what is set now; of several nothing, and what stays empty stays as it is. */
async function askLimits(
  containers: readonly Container[],
  session: Session,
  signal: AbortSignal,
): Promise<TextField[]> {
  const [only, ...more] = containers;
  const limits = only && more.length === 0 ? await session.engine.limits(only.id, signal) : undefined;
  const cores = aboutOf(session)?.cores;
  return limitFields.map(({ id, label, hint, now, check }) => {
    const before = limits && now(limits);
    return {
      ...{ kind: "text", id, label, hint, value: before ?? "" },
      ...(limits ? { was: before ?? "no limit" } : {}),
      check(value, answers) {
        if (value.trim() !== "") return check(value.trim(), { answers, cores });
        return before === undefined ? undefined : `The engine cannot take this away again; it was ${before}.`;
      },
    };
  });
}

/** The limits that shall become others: what is empty stays. */
function changed(answers: Answers): readonly LimitField[] {
  return limitFields.filter(({ id }) => textOf(answers[id]) !== "");
}

/** What the changed limits were, as a change; those that were none cannot become none again. */
function wayBack(fields: readonly LimitField[], before: Limits) {
  const known = fields.flatMap((field) => {
    const value = field.now(before);
    return value === undefined ? [] : [{ field, value }];
  });
  const change: LimitChange = Object.assign({}, ...known.map(({ field, value }) => field.read(value)));
  return {
    change,
    said: known.flatMap(({ field, value }) => [field.flag, value]),
    left: fields.filter(({ now }) => now(before) === undefined).map(({ label }) => label),
  };
}

/** Changes what it may use while it runs. */
export const update: TargetsAction<Container> = {
  id: "update",
  on: "targets",
  keys: [],
  label: "update",
  help: "Update memory, swap, CPUs, processes and restart policy, without a restart",
  changes: true,
  doing: "updating",
  done: "updated",
  unavailable: unlessRemoving,
  confirm: { danger: false, detail: stateDetail, prepare: askLimits },
  command: (names, answers) =>
    docker("update", names, ...changed(answers).flatMap(({ id, flag }) => [flag, textOf(answers[id])])),
  async run(container, { engine, answers, signal, note, undoable }) {
    const { id } = container;
    const before = await engine.limits(id, signal);
    const fields = changed(answers);
    if (fields.length === 0) return note("Nothing was changed.");
    undoable(undoUpdate(container, wayBack(fields, before)));
    const change = Object.assign({}, ...fields.map((field) => field.read(textOf(answers[field.id]))));
    for (const warning of await engine.update(id, change, signal)) note(warning);
    const after = await engine.limits(id, signal);
    const told = fields.map(
      ({ label, now }) => `${label}: ${now(before) ?? "no limit"} → ${now(after) ?? "no limit"}`,
    );
    note(`${told.join(", ")}.`);
  },
};
