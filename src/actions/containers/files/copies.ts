import type { Container } from "../../../docker/containers.ts";
import { shellQuote } from "../../../format/quote.ts";
import type { TargetsAction } from "../../action.ts";
import { type Answers, textOf } from "../../question.ts";
import { docker, stateDetail, unlessRemoving } from "../states.ts";
import { faultOfSource } from "./copy-faults.ts";
import { copying, existingOf, replaceField, targetField, tellCopied } from "./copy-fields.ts";
import { faultOfPath, lastName, plainPath, under } from "./open.ts";

/** Copies a file or a folder out of a container. */
export const copyOut: TargetsAction<Container> = {
  ...copying,
  id: "copy-out",
  label: "copy out",
  help: "Copy a file or folder out to this machine; of several containers into a folder, each under its container's name",
  done: "copied out of",
  unavailable: unlessRemoving,
  confirm: {
    danger: false,
    detail: stateDetail,
    words: (containers) => ({ title: `Copy what out of ${allOf(containers)}?`, verb: "copy" }),
    prepare: async (containers, { host }) => [
      {
        kind: "text",
        id: "from",
        label: "Path in it",
        value: "",
        hint: "/etc/nginx: a file or a folder of the container; f browses them",
        check: faultOfPath,
      },
      targetField(host, {
        count: containers.length,
        names: (answers) => containers.map(({ name }) => nameThere(name, answers)),
      }),
      replaceField,
    ],
  },
  command: (names, answers) =>
    names
      .map((name) => {
        const from = `${name}:${textOf(answers.from) || "PATH"}`;
        return shellQuote(["docker", "cp", from, placeFor(name, answers)]);
      })
      .join("; "),
  async run({ id, name }, run) {
    const { engine, answers, signal, progress } = run;
    const options = { signal, existing: existingOf(answers), onProgress: progress };
    tellCopied(
      run,
      await engine.copyOut(id, plainPath(textOf(answers.from)), placeFor(name, answers), options),
    );
  },
};

/** The name of a copy in a folder: of several containers each stands there under its container's name. */
function nameThere(name: string, { from, folder }: Answers): string {
  const last = lastName(plainPath(textOf(from)));
  return folder === undefined ? last : [name, last].filter((part) => part !== "").join("-");
}

function placeFor(name: string, answers: Answers): string {
  if (answers.folder === undefined) return textOf(answers.to) || ".";
  return under(textOf(answers.folder) || ".", nameThere(name, answers));
}

/** Copies into a container; `into` is the folder that stands in the form at first, `after` is called in the end. */
export function copyInto(into = "", after: () => void = () => {}): TargetsAction<Container> {
  return {
    ...copying,
    id: "copy-in",
    label: "copy in",
    help: "Copy a file or folder of this machine into the container, running or not",
    changes: true,
    done: "copied into",
    unavailable: unlessRemoving,
    confirm: {
      danger: false,
      detail: stateDetail,
      words: (containers) => ({ title: `Copy what into ${allOf(containers)}?`, verb: "copy" }),
      prepare: async (_, { host }) => [
        {
          kind: "text",
          id: "from",
          label: "From, here",
          value: "",
          hint: `a file or a folder of this machine; names begin in ${host.localPath(".")}`,
          check: (typed) => faultOfSource(host, typed),
        },
        {
          kind: "text",
          id: "to",
          label: "To path in it",
          value: into,
          hint: "/srv: an existing folder, or a new name in one",
          check: faultOfPath,
        },
        replaceField,
      ],
    },
    command: (names, { from, to }) =>
      names
        .map((name) =>
          shellQuote(["docker", "cp", textOf(from) || "FILE", `${name}:${textOf(to) || "PATH"}`]),
        )
        .join("; "),
    async run({ id }, run) {
      const { engine, answers, signal, progress } = run;
      const options = { signal, existing: existingOf(answers), onProgress: progress };
      const to = plainPath(textOf(answers.to));
      try {
        const copied = await engine.copyIn(id, textOf(answers.from), to, options);
        tellCopied(run, copied, copied);
      } finally {
        after();
      }
    },
  };
}

/** Writes all files of a container to a tar. */
export const exportTar: TargetsAction<Container> = {
  ...copying,
  id: "export",
  label: "export",
  help: "Export all files of the container to a tar on this machine, without its volumes",
  doing: "exporting",
  done: "exported",
  unavailable: unlessRemoving,
  confirm: {
    danger: false,
    detail: stateDetail,
    words: (containers) => ({ title: `Export ${allOf(containers)} to where?`, verb: "export" }),
    prepare: async (containers, { host }) => [
      targetField(host, {
        count: containers.length,
        ...(containers[0] && containers.length === 1 ? { value: `${containers[0].name}.tar` } : {}),
        names: () => containers.map(({ name }) => `${name}.tar`),
      }),
      replaceField,
    ],
  },
  command: (names, { to, folder }, session) =>
    names
      .map((name) => {
        const target = textOf(to ?? folder) || `${name}.tar`;
        const inFolder = folder !== undefined || session?.host.localKind(target) === "folder";
        return docker("export", [name], "--output", inFolder ? under(target, `${name}.tar`) : target);
      })
      .join("; "),
  async run(container, run) {
    const { engine, answers, signal, progress } = run;
    const options = { signal, existing: existingOf(answers), onProgress: progress };
    tellCopied(run, await engine.exportTo(container, textOf(answers.to ?? answers.folder), options));
  },
};

function allOf(containers: readonly Container[]): string {
  const [only] = containers;
  return only && containers.length === 1 ? only.name : `${containers.length} containers`;
}
