import { parentOf, under } from "../../../actions/containers/files/open.ts";
import type { Answers, Field, TextField } from "../../../actions/question.ts";
import type { Host } from "../../../actions/session.ts";
import type { LogPlace } from "../ask.ts";
import { hidingWords } from "./sieve.ts";
import type { Form } from "./written.ts";

/** What is taken out of a log: the kept lines, or all that the engine has since a moment (unix ms). */
export type Extent = { word: string; whole?: { since: number | undefined } };

/** What a log is called in questions and names of files: its container, their project, or "logs". */
export function logName({ containers }: LogPlace): string {
  if (!containers) return "output";
  const [only, ...more] = containers;
  const projects = new Set(containers.map(({ project }) => project));
  const name = more.length === 0 ? only?.name : projects.size === 1 ? only?.project : undefined;
  return (name ?? "logs").replace(/[^\w.-]/g, "_").replace(/^\.+/, "");
}

/** What can be taken out of this log. */
export function extentsOf({ view, containers }: LogPlace): Extent[] {
  const { range, since } = view.get();
  const kept = { word: "kept lines" };
  if (!containers) return [kept];
  const all = { word: "whole log", whole: { since: undefined } };
  return range === "" ? [kept, all] : [kept, { word: range, whole: { since } }, all];
}

/** The extent that was chosen. */
export function extentOf(place: LogPlace, { extent }: Answers): Extent {
  const extents = extentsOf(place);
  return extents.find(({ word }) => word === extent) ?? { word: "kept lines" };
}

/** Asks for the extent, and how its lines are written; what there is no choice of is left out. */
export function takeFields(place: LogPlace): Field[] {
  const { view } = place;
  const extents = extentsOf(place).map(({ word }) => word);
  const { buffer } = view.feed;
  const hidden = hidingWords(view.get());
  const fields: (Field | false)[] = [
    extents.length > 1 && {
      ...{ kind: "choice", id: "extent", label: "Take", value: "kept lines", choices: extents },
      hint: `the ${buffer.end() - buffer.first()} lines that are kept here, or all that the engine has, read anew`,
    },
    hidden !== "" && {
      ...{ kind: "switch", id: "filtered", label: "Only what is shown", on: true },
      hint: hidden,
    },
    {
      ...{ kind: "switch", id: "stamps", label: "Times", on: view.get().times !== "off" },
      hint: "the engine's time in front of each line, UTC with nanoseconds",
    },
    view.owners.length > 0 && {
      ...{ kind: "switch", id: "names", label: "Names", on: true },
      hint: "the container's name in front of each line",
    },
  ];
  return fields.filter((field) => field !== false);
}

/** How lines are written by what was answered to `takeFields`. */
export function formOf({ stamps, names }: Answers, as: Form["as"]): Form {
  return { as, stamps: stamps === true, names: names === true };
}

/** Asks for a new file of this machine. */
export function fileField(host: Host, name: string): TextField {
  return {
    ...{ kind: "text", id: "file", label: "File", value: freshName(host, name) },
    hint: `a new file, or a folder for ${name}.log; . is ${host.localPath(".")}, ~ your home`,
    check: (typed) => faultOfFile(host, typed.trim(), `${name}.log`),
  };
}

/** A name that is free where dockui was started: "web.log", else "web-2.log". */
function freshName({ localKind }: Host, name: string): string {
  for (let number = 1; ; number += 1) {
    const file = number === 1 ? `${name}.log` : `${name}-${number}.log`;
    if (localKind(file) === undefined) return file;
  }
}

function faultOfFile({ localKind, localPath }: Host, typed: string, name: string): string | undefined {
  if (typed === "") return "Name a file.";
  const path = localPath(typed);
  const kind = localKind(typed);
  if (kind === "file") return "There is a file of that name already.";
  if (kind === "folder")
    return localKind(under(path, name)) === undefined ? undefined : `There is a ${name} in it already.`;
  const parent = parentOf(path);
  return localKind(parent) === "folder" ? undefined : `There is no folder ${parent} here.`;
}
