import type { Container } from "../../docker/containers.ts";
import { faultOfReference } from "../../docker/edits/faults.ts";
import type { TargetsAction } from "../action.ts";
import { type Answers, textOf } from "../question.ts";
import { splitWords } from "../words.ts";
import { docker, stateDetail, unlessRemoving } from "./states.ts";

/** Makes an image of it. */
export const commit: TargetsAction<Container> = {
  id: "commit",
  on: "targets",
  single: true,
  keys: [],
  label: "commit",
  help: "Commit: make an image of the container as it is; volumes are not in it",
  changes: true,
  doing: "committing",
  done: "committed",
  unavailable: unlessRemoving,
  confirm: {
    danger: false,
    detail: stateDetail,
    fields: [
      {
        kind: "text",
        id: "reference",
        label: "Image",
        value: "",
        hint: "[registry/]name[:tag]",
        check: faultOfReference,
      },
      {
        kind: "text",
        id: "author",
        label: "Author",
        value: "",
        hint: "Ada <ada@example.com>",
        check: () => undefined,
      },
      {
        kind: "text",
        id: "message",
        label: "Message",
        value: "",
        hint: "what is different in it",
        check: () => undefined,
      },
      {
        kind: "text",
        id: "changes",
        label: "Dockerfile lines",
        value: "",
        hint: "each quoted: 'ENV MODE=prod' 'CMD [\"nginx\"]'",
        check: faultOfLines,
      },
      {
        kind: "switch",
        id: "pause",
        label: "Pause it meanwhile",
        on: true,
        hint: "its files keep still while they are read",
      },
    ],
  },
  command: (names, { reference, author, message, changes, pause }) =>
    docker(
      "commit",
      [...names, textOf(reference) || "NAME"],
      ...(textOf(author) ? ["--author", textOf(author)] : []),
      ...(textOf(message) ? ["--message", textOf(message)] : []),
      ...linesOf(changes).flatMap((line) => ["--change", line]),
      ...(pause === false ? ["--pause=false"] : []),
    ),
  async run({ id }, { engine, answers, signal, note, waiting }) {
    waiting("committing");
    const { reference, author, message, changes, pause } = answers;
    const image = await engine.commit(
      id,
      {
        reference: textOf(reference),
        pause: pause !== false,
        ...(textOf(author) ? { author: textOf(author) } : {}),
        ...(textOf(message) ? { message: textOf(message) } : {}),
        changes: linesOf(changes),
      },
      signal,
    );
    note(`${textOf(reference)} is ${image.replace(/^sha256:/, "").slice(0, 12)}.`);
  },
};

/** What an image may be given on the way (moby's daemon/commit.go). */
const instructions = [
  ...["CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "STOPSIGNAL", "USER"],
  ...["VOLUME", "WORKDIR"],
];

function faultOfLines(value: string): string | undefined {
  const words = splitWords(value);
  if ("fault" in words) return words.fault;
  const other = words.words.find((line) => !instructions.includes(line.split(" ")[0]?.toUpperCase() ?? ""));
  return other && `${other} is no line for an image: ${instructions.join(" ")}, each line quoted as a whole.`;
}

function linesOf(value: Answers[string] | undefined): readonly string[] {
  const words = splitWords(textOf(value));
  return "words" in words ? words.words : [];
}
