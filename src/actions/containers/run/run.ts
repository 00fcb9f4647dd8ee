import type { Container } from "../../../docker/containers.ts";
import { emptySpec } from "../../../docker/run/empty-spec.ts";
import { fromInspect } from "../../../docker/run/from-inspect.ts";
import { sentence } from "../../../docker/run/kind.ts";
import { imageName } from "../../../docker/run/kinds.ts";
import { parseRunLine, runVerb } from "../../../docker/run/parse.ts";
import type { RowAction, ScreenAction } from "../../action.ts";
import { ask, askLater } from "../../ask.ts";
import { hostName } from "../../perform.ts";
import { leftOut, type Question, textOf } from "../../question.ts";
import type { Session } from "../../session.ts";
import { docker } from "../states.ts";
import { afterOf, answersOf, readAnswers } from "./answers.ts";
import { advices } from "./checks.ts";
import { type Beginning, goesOn, pastedLine, runForm } from "./form.ts";
import { freeName } from "./free-name.ts";

/** Makes a container: an image or a whole docker run line first, then the form filled with it. */
export const run: ScreenAction = {
  id: "run",
  on: "screen",
  keys: ["+"],
  label: "run",
  help: "Create/run a container: from an image, or from a docker run line, in a form with all that it can be given",
  changes: true,
  open: (session) => ask(session, firstQuestion(session)),
};

/** Makes another container like that one. */
export const runAgain: RowAction<Container> = {
  id: "run-again",
  on: "row",
  keys: [],
  label: "run again",
  help: "Run again like this one: the form, filled with all that the container was given",
  changes: true,
  unavailable: () => undefined,
  command: (names) => docker("inspect", names),
  open: (container, session) =>
    askLater(session, `Run another ${container.name}`, async (signal) =>
      runForm(session, await again(container, session, signal)),
    ),
};

/** What a form begins with that shall make a container like that one, under a name that is free. */
async function again({ id }: Container, session: Session, signal: AbortSignal): Promise<Beginning> {
  const { engine, sources } = session;
  const inspect = (await engine.inspect(id, signal)) as { Image?: unknown };
  const [image, info] = await Promise.all([
    typeof inspect.Image === "string" ? engine.image(inspect.Image, signal) : undefined,
    engine.info(signal),
  ]);
  const { spec, lost } = fromInspect(inspect, image, info);
  const taken = sources.containers.get().items.map(({ name }) => name);
  const { name } = spec;
  const named = name === undefined ? spec : { ...spec, name: freeName(name, taken) };
  const answers = answersOf(named, afterOf(spec));
  return {
    ...{ answers, unchanged: answers },
    ...(lost.length > 0 ? { note: lost.map((sentence) => `${sentence}.`).join(" ") } : {}),
  };
}

/** One line for an image or a docker run line; with nothing in it the form goes on where it was left. */
function firstQuestion(session: Session): Question {
  const draft = session.runDraft.get();
  const left = draft && readAnswers(draft).spec;
  const what = left && [left.name, left.image].filter(Boolean).join(", ");
  return {
    title: `Create a container on ${hostName(session)}`,
    objects: [],
    ...(left
      ? { note: `Enter alone goes on with what you filled in before${what ? `: ${what}` : ""}.` }
      : {}),
    fields: [
      {
        ...{ kind: "text", id: "line", label: "Image or docker run line", value: "" },
        hint: "nginx:1.27, or paste: docker run -d -p 8080:80 nginx:1.27; the form with everything else comes next",
        check: (text) => faultOfLine(text.trim()),
        advice: (text) => adviceOfLine(text.trim(), session),
      },
    ],
    helpRows: 4,
    verb: "go on",
    danger: false,
    watches: [session.sources.images],
    // As it stands, over several lines: joined, the backslashes at their ends would mean something else.
    pasted: (text) =>
      runVerb(text) === undefined ? undefined : { answers: { line: text.trim() }, problems: [] },
    goesOn,
    left({ line }) {
      const text = textOf(line);
      if (text !== "" && faultOfLine(text) === undefined)
        session.runDraft.set(beginning(text, session).answers);
    },
    answer: ({ line }) => ask(session, runForm(session, beginning(textOf(line), session))),
  };
}

function faultOfLine(text: string): string | undefined {
  if (text === "" || runVerb(text) !== undefined) return undefined;
  const image = imageName.parse(text);
  if ("value" in image) return undefined;
  return /\s/.test(text)
    ? "Neither the name of an image nor a docker run or docker create line."
    : `${sentence("", text, image.problem)}.`;
}

/** What of a line cannot be read: it stays in the form, and is wrong there. */
function adviceOfLine(text: string, session: Session): string | undefined {
  if (text === "") return undefined;
  if (runVerb(text) === undefined) return advices.image?.({ ...emptySpec, image: text }, session, "follow");
  const { problems } = parseRunLine(text);
  return problems.length === 0 ? undefined : leftOut(problems);
}

function beginning(text: string, session: Session): Beginning {
  const draft = session.runDraft.get();
  const unchanged = answersOf(emptySpec, "follow");
  if (text === "" && draft) return { answers: draft, unchanged };
  const line = pastedLine(text);
  if (!line) return { answers: { ...unchanged, image: text }, unchanged };
  const { answers, problems } = line;
  return { answers, unchanged, ...(problems.length > 0 ? { note: leftOut(problems) } : {}) };
}
