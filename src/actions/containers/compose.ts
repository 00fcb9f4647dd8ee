import { projectOf } from "../../docker/compose.ts";
import type { Container } from "../../docker/containers.ts";
import { shellQuote } from "../../format/quote.ts";
import type { RowsAction } from "../action.ts";
import { askLater } from "../ask.ts";
import { openOutput } from "../output.ts";
import { hostName } from "../perform.ts";
import type { Answers, ChoiceField, Question, SwitchField } from "../question.ts";
import { capital } from "../report.ts";
import { notify, type Session } from "../session.ts";
import { doubtsOf, filesText, type Told, toldBy } from "./compose-files.ts";

/** What Compose does with a project: its words, and the switches that go with it, named as their flags. */
type Verb = {
  id: string;
  label: string;
  help: string;
  args: readonly string[];
  /** Can be done to some services only. */
  partly: boolean;
  needs: "files" | "command";
  danger: boolean;
  note: string;
  switches: readonly SwitchField[];
};

const verbs: readonly Verb[] = [
  {
    ...{
      id: "compose-up",
      label: "compose up",
      args: ["up", "--detach"],
      partly: true,
      needs: "files",
      danger: false,
    },
    help: "Compose up: create and start what the project's files say, again where they changed",
    note: "Containers whose files or images changed are made anew.",
    switches: [
      { kind: "switch", id: "build", key: "b", label: "build its images first", on: false },
      { kind: "switch", id: "force-recreate", key: "f", label: "make all containers anew", on: false },
      {
        kind: "switch",
        id: "remove-orphans",
        key: "o",
        label: "remove containers of services that are gone from its files",
        on: false,
      },
    ],
  },
  {
    ...{
      id: "compose-down",
      label: "compose down",
      args: ["down"],
      partly: false,
      needs: "command",
      danger: true,
    },
    help: "Compose down: stop and remove the project's containers and networks",
    note: "All containers and networks of the project go; compose up makes them again from its files.",
    switches: [
      {
        kind: "switch",
        id: "volumes",
        key: "v",
        label: "volumes: remove the volumes its files name, with all that is in them",
        on: false,
      },
    ],
  },
  {
    ...{
      id: "compose-pull",
      label: "compose pull",
      args: ["pull"],
      partly: true,
      needs: "files",
      danger: false,
    },
    help: "Compose pull: fetch the images of the project; compose up then uses them",
    note: "What runs is not touched.",
    switches: [],
  },
  {
    ...{
      id: "compose-build",
      label: "compose build",
      args: ["build"],
      partly: true,
      needs: "files",
      danger: false,
    },
    help: "Compose build: build the images of the project; compose up then uses them",
    note: "What runs is not touched.",
    switches: [{ kind: "switch", id: "no-cache", key: "c", label: "without the build cache", on: false }],
  },
];

/** What the compose command does with the project or the services of the containers. */
export const composeActions: readonly RowsAction<Container>[] = verbs.map((verb) => ({
  ...{ id: verb.id, label: verb.label, help: verb.help, on: "rows", keys: [], changes: true },
  unavailable({ labels }, { host }) {
    const project = projectOf(labels);
    return project ? host.compose.unavailable(project, verb.needs) : "it is no part of a compose project.";
  },
  command: () => shellQuote(["docker", "compose", ...verb.args]),
  open: (containers, session) => askCompose(session, verb, containers),
}));

function askCompose(session: Session, verb: Verb, containers: readonly Container[]): void {
  const [name = "", ...others] = new Set(containers.flatMap(({ project }) => project ?? []));
  if (others.length > 0)
    return notify(session, "warn", `One project at a time: these are of ${[name, ...others].join(", ")}.`);
  const all = session.sources.containers.get().items.filter(({ project }) => project === name);
  const services = verb.partly ? chosenServices(containers, all) : [];
  const what = services.length === 0 ? `project ${name}` : `${services.join(", ")} of ${name}`;
  const title = `${capital(verb.label)} ${what} on ${hostName(session)}?`;
  askLater(session, title, async (signal) => {
    const told = toldBy(all, await session.engine.images(signal));
    return { ...questionOf(session, { verb, all, services, what, told }), title };
  });
}

type Asked = {
  verb: Verb;
  /** The containers of the project, and the services that are meant; none is all of them. */
  all: readonly Container[];
  services: readonly string[];
  what: string;
  told: readonly Told[];
};

function questionOf(session: Session, { verb, all, services, what, told }: Asked): Omit<Question, "title"> {
  const { compose } = session.host;
  const doubts = doubtsOf(told);
  const usable = told.filter(({ project }) => compose.unavailable(project, verb.needs) === undefined);
  const choices = usable.map(({ project }) => filesText(project));
  const words = (answers: Answers) => {
    const chosen = usable[Math.max(0, choices.indexOf(String(answers.files)))] ?? told[0];
    return chosen ? compose.words(chosen.project, argsOf(verb, services, answers)) : [];
  };
  const concerned =
    services.length === 0 ? all : all.filter(({ service }) => services.includes(service ?? ""));
  return {
    objects: concerned.map(({ name, state, image }) => `${name}  ${state}  ${image}`),
    note: [doubts, verb.note].filter(Boolean).join(" "),
    fields: [...(choices.length > 1 ? [filesField(choices)] : []), ...verb.switches],
    verb: `${verb.label} ${what}`,
    danger: verb.danger || doubts !== undefined,
    command: (answers) => shellQuote(words(answers)),
    answer: (answers) => runCompose(session, `${capital(verb.label)} ${what}`, words(answers)),
  };
}

function filesField(choices: readonly string[]): ChoiceField {
  return {
    ...{ kind: "choice", id: "files", label: "Read", value: choices[0] ?? "", choices },
    hint: "what Compose reads: look at the files before you trust them",
  };
}

/** The services of those containers; none when they are all of the project's, so that it is meant as a whole. */
function chosenServices(containers: readonly Container[], all: readonly Container[]): string[] {
  const names = (of: readonly Container[]) => new Set(of.flatMap(({ service }) => service ?? []));
  const chosen = names(containers);
  return chosen.size === names(all).size ? [] : [...chosen];
}

function argsOf({ args, switches }: Verb, services: readonly string[], answers: Answers): string[] {
  return [...args, ...switches.flatMap(({ id }) => (answers[id] === true ? [`--${id}`] : [])), ...services];
}

function runCompose(session: Session, title: string, words: readonly string[]): void {
  openOutput(session, {
    title,
    command: shellQuote(words),
    async work(sink, signal) {
      // Compose tells its progress on stderr, and it is no error.
      const code = await session.host.compose.run(words, {
        onLine: (_, text) => sink.line("out", text),
        signal,
      });
      if (code === 0) return { tone: "good", text: `${title}: done.` };
      return { tone: "bad", text: `${title} failed with exit code ${code}.` };
    },
  });
}
