import { useEffect, useMemo } from "react";
import { aimAt } from "../../actions/aim.ts";
import { bind } from "../../actions/binding.ts";
import { copyFileOut } from "../../actions/containers/files/copy-files.ts";
import type { FileItem } from "../../actions/containers/files/items.ts";
import type { Session } from "../../actions/session.ts";
import { type FileBytes, looksBinary } from "../../docker/archive/read-file.ts";
import { explain, inFull, type Problem } from "../../docker/errors.ts";
import type { Source } from "../../docker/source.ts";
import { createStore } from "../../docker/store.ts";
import { cleanText } from "../../format/clean.ts";
import { decimalSize } from "../../format/size.ts";
import { wrapColumns } from "../../format/wrap.ts";
import { actionBindings } from "../../hooks/action-bindings.ts";
import { fileKeys } from "../../hooks/files/view-keys.ts";
import { useKept } from "../../hooks/use-kept.ts";
import { useSession } from "../../hooks/use-session.ts";
import { useStore } from "../../hooks/use-store.ts";
import { ScrollView } from "../../ui/scroll-view.tsx";
import type { ViewProps } from "../views.tsx";
import { filesScreen } from "./files-screen.ts";
import { hexRows } from "./words.ts";

/** So many bytes of a file are shown. */
const shownBytes = 2 << 20;

const hexBytes = 1024;

/** What is shown of it, and how much that is. */
type Contents = { lines: readonly string[]; note: string };
type State = { contents?: Contents; problem?: Problem };

/** The beginning of a file as text, or what there is to say of it. */
export function FileView({ overlay, ...room }: ViewProps<"file">) {
  const { file } = overlay;
  const session = useSession();
  const state = useKept(overlay, "file", () => createStore<State>({}));
  const wraps = useKept(overlay, "wraps", () => createStore(false));
  const aim = useMemo(() => aimAt(session, screenOf(file), file), [session, file]);
  const { contents, problem } = useStore(state);
  const wrapped = useStore(wraps);
  const busy = useStore(session.busy, (all) => all.get(file.id));
  useEffect(() => {
    const leaving = new AbortController();
    if (!state.get().contents) void load(session, file, { state, signal: leaving.signal });
    return () => leaving.abort();
  }, [session, file, state]);
  const lines = useMemo(() => {
    if (!contents) return [problem ? ` ${inFull(problem)}` : " Reading …"];
    const rows = wrapped
      ? contents.lines.flatMap((line) => wrapColumns(line, room.columns - 1))
      : contents.lines;
    return rows.map((row) => ` ${row}`);
  }, [contents, problem, wrapped, room.columns]);
  const doing = busy ? `  … ${[busy.label, busy.amount].filter(Boolean).join(" ")}` : "";
  const title = `${file.entry.name} of ${file.container.name}${contents ? `  ${contents.note}` : ""}${doing}`;
  const bindings = () => [...actionBindings(aim), ...bind(fileKeys, { wraps, session, file })];
  return <ScrollView {...{ overlay, title, lines, bindings, ...room }} />;
}

async function load(
  { engine }: Session,
  { container, entry: { path = "" } }: FileItem,
  { state, signal }: { state: { set(next: (before: State) => State): void }; signal: AbortSignal },
): Promise<void> {
  try {
    const file = await engine.readFile(container.id, path, shownBytes, signal);
    state.set(() => ({ contents: contentsOf(file) }));
  } catch (error) {
    if (!signal.aborted) state.set((before) => ({ ...before, problem: explain(error, engine.endpoint) }));
  }
}

function contentsOf({ bytes, size, truncated }: FileBytes): Contents {
  if (size === 0) return { lines: ["The file is empty."], note: "0B" };
  const encoding = encodingOf(bytes);
  if (encoding === "utf-8" && looksBinary(bytes)) return dumpOf(bytes, size);
  const text = cleanText(new TextDecoder(encoding).decode(bytes).replace(/\r?\n$/, ""));
  const lines = text.split("\n");
  const count = `${lines.length} ${lines.length === 1 ? "line" : "lines"}`;
  const part = truncated
    ? `the first ${decimalSize(bytes.length)} of ${decimalSize(size)}`
    : decimalSize(size);
  return { lines, note: `${count}, ${part}` };
}

/** Windows writes texts that begin with a mark which says how their letters are stored. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function dumpOf(bytes: Uint8Array, size: number): Contents {
  const head = bytes.subarray(0, hexBytes);
  const part = head.length < size ? `Its first ${head.length} bytes:` : "Its bytes:";
  return {
    lines: [`It is no text. c copies it to this machine. ${part}`, "", ...hexRows(head)],
    note: `binary, ${decimalSize(size)}`,
  };
}

/** The one file as a list, so that what can be done with it is what can be done in its folder. */
function screenOf(file: FileItem) {
  const alone = createStore({ items: [file], loading: false });
  const source: Source<FileItem> = { get: alone.get, subscribe: alone.subscribe, refresh() {} };
  return filesScreen(source, [copyFileOut(file.container)]);
}
