import { type Problem, ProblemError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import { jsonLines } from "./ndjson.ts";
import { number, record, text } from "./raw.ts";
import { imageName } from "./run/kinds.ts";

/** A layer while it is fetched: `status` in docker's words, `current` of `total` bytes of what it says. */
export type PullLayer = { id: string; status: string; current: number; total: number };

/** How far a pull is: bytes fetched of those known so far, and layers done. */
export type PullProgress = {
  layers: readonly PullLayer[];
  /** Bytes fetched, and to be fetched as far as the registry told. */
  current: number;
  total: number;
  /** Layers that are there, of those named so far. */
  done: number;
  /** The last word that is about no layer: "Pulling from library/nginx", "Status: Image is up to date for …". */
  status: string;
  digest?: string;
};

/** Fetching images. */
export type PullVerbs = {
  /**
   * Fetches an image without credentials, for that platform ("linux/arm64") where one is named; ends when it is there,
   * rejects with what the registry said.
   */
  pull(reference: string, signal: AbortSignal, platform?: string): AsyncIterable<PullProgress>;
};

/** Fetching images into that engine. */
export function pullVerbs(gate: Gate): PullVerbs {
  return { pull: (reference, signal, platform) => pull(gate, { reference, platform }, signal) };
}

async function* pull(
  gate: Gate,
  { reference, platform }: { reference: string; platform: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<PullProgress> {
  const parsed = imageName.parse(reference);
  if ("problem" in parsed)
    throw new ProblemError({ kind: "other", message: `${text(reference)} ${parsed.problem}.` });
  let progress: PullProgress = { layers: [], current: 0, total: 0, done: 0, status: "" };
  try {
    const query = { ...pullQuery(reference), ...(platform === undefined ? {} : { platform }) };
    const stream = await gate.open("/images/create", query, signal, "POST");
    for await (const line of jsonLines(stream)) {
      const { errorDetail, error } = record(line);
      const failure = text(record(errorDetail).message) || text(error);
      if (failure !== "") throw Object.assign(new Error(failure), { json: { message: failure } });
      progress = advance(progress, line);
      yield progress;
    }
  } catch (error) {
    // The end of the connection is what was wanted then.
    signal.throwIfAborted();
    throw refusal(reference, error) ?? error;
  }
}

/** The image and its tag or digest apart, "latest" where neither is said. */
export function pullQuery(reference: string): { fromImage: string; tag: string } {
  const [, name = reference, tag, digest] = /^(.*?)(?::([\w][\w.-]*))?(?:@(.+))?$/.exec(reference) ?? [];
  return { fromImage: name, tag: digest ?? tag ?? "latest" };
}

/** The progress after one more line of the engine's answer. */
export function advance(progress: PullProgress, line: unknown): PullProgress {
  const { id, status, progressDetail } = record(line);
  const said = text(status);
  const [, digest] = /^Digest: (\S+)$/.exec(said) ?? [];
  if (digest) return { ...progress, digest };
  // "Pulling from" carries the tag in the field of the layer's id.
  if (text(id) === "" || /^Pulling from /.test(said)) return { ...progress, status: said };
  const detail = record(progressDetail);
  const layer = { id: text(id), status: said, current: number(detail.current), total: number(detail.total) };
  const at = progress.layers.findIndex((one) => one.id === layer.id);
  const before = progress.layers[at];
  const layers =
    before === undefined ? [...progress.layers, layer] : progress.layers.with(at, kept(before, layer));
  return { ...progress, layers, ...sums(layers) };
}

/** A word without figures keeps what was known of the layer; what has been fetched stays fetched. */
function kept(before: PullLayer, now: PullLayer): PullLayer {
  if (now.total > 0) return now;
  const whole = fetched.test(now.status);
  return { ...now, total: before.total, current: whole ? before.total : before.current };
}

const fetched = /^(Download complete|Verifying Checksum|Extracting|Pull complete|Already exists)/;
const complete = /^(Pull complete|Already exists)/;

function sums(layers: readonly PullLayer[]): Pick<PullProgress, "current" | "total" | "done"> {
  const sizes = layers.map((layer) => ({
    total: layer.total,
    current: fetched.test(layer.status) ? layer.total : layer.current,
  }));
  return {
    current: sizes.reduce((sum, { current }) => sum + current, 0),
    total: sizes.reduce((sum, { total }) => sum + total, 0),
    done: layers.filter(({ status }) => complete.test(status)).length,
  };
}

/** What registries say who want to know who asks; they say the same of what does not exist. */
const wantsLogin = /unauthorized|authentication required|no basic auth|denied|authorization failed/i;
const unknown = /manifest unknown|manifest for .* not found|not found/i;

function refusal(reference: string, error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return undefined;
  const { message = "", json } = error as { message?: string; json?: { message?: unknown } | null };
  const said = text(json?.message) || text(message);
  const problem = (kind: Problem["kind"], sentence: string, hint: string) =>
    new ProblemError({ kind, message: sentence, hint });
  if (wantsLogin.test(said))
    return problem(
      "other",
      `The registry gives ${reference} to nobody unknown: it wants a login, or there is no such image.`,
      `dockui sends no login. In a shell: docker login, then docker pull ${reference}`,
    );
  if (unknown.test(said))
    return problem(
      "gone",
      `The registry has no ${reference}: ${said.slice(0, 300)}`,
      "Check the name and the tag.",
    );
  return undefined;
}
