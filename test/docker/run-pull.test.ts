import { expect, test } from "vitest";
import { explain } from "../../src/docker/errors.ts";
import type { Gate } from "../../src/docker/gate.ts";
import { type PullProgress, pullQuery, pullVerbs } from "../../src/docker/pull.ts";

/** A gate whose every stream is these lines, cut into pieces of seven bytes. */
function gateOf(lines: readonly object[]): Gate {
  const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\r\n`).join(""));
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
    bytes.subarray(at * 7, at * 7 + 7),
  );
  return { open: async () => pieces } as unknown as Gate;
}

async function pulled(...lines: object[]): Promise<PullProgress[]> {
  const steps: PullProgress[] = [];
  for await (const step of pullVerbs(gateOf(lines)).pull("nginx", AbortSignal.timeout(5000)))
    steps.push(step);
  return steps;
}

test.each([
  ["nginx", "nginx", "latest"],
  ["nginx:1.27", "nginx", "1.27"],
  ["localhost:5000/a/b", "localhost:5000/a/b", "latest"],
  ["localhost:5000/a/b:x", "localhost:5000/a/b", "x"],
  [`a/b:x@sha256:${"0".repeat(64)}`, "a/b", `sha256:${"0".repeat(64)}`],
])("%s is asked for as %s and %s", (reference, fromImage, tag) => {
  expect(pullQuery(reference)).toEqual({ fromImage, tag });
});

test("adds up what is fetched, and keeps what a word without figures leaves out", async () => {
  const steps = await pulled(
    { status: "Pulling from library/nginx", id: "latest" },
    { status: "Already exists", progressDetail: {}, id: "aa" },
    { status: "Pulling fs layer", progressDetail: {}, id: "bb" },
    { status: "Downloading", progressDetail: { current: 30, total: 100 }, id: "bb" },
    { status: "Downloading", progressDetail: { current: 5, total: 50 }, id: "cc\u001b[1m" },
    { status: "Download complete", progressDetail: {}, id: "bb" },
    { status: "Extracting", progressDetail: { current: 10, total: 100 }, id: "bb" },
    { status: "Pull complete", progressDetail: {}, id: "bb" },
    { status: "Digest: sha256:ab" },
    { status: "Status: Downloaded newer image for nginx:latest" },
  );
  expect(steps.map(({ current, total, done }) => [current, total, done])).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 1],
    [30, 100, 1],
    [35, 150, 1],
    [105, 150, 1],
    [105, 150, 1],
    [105, 150, 2],
    [105, 150, 2],
    [105, 150, 2],
  ]);
  expect(steps[6]?.layers[1]).toEqual({ id: "bb", status: "Extracting", current: 10, total: 100 });
  expect(steps.at(-1)?.layers[2]?.id).toBe("cc\u241b[1m");
  expect(steps.at(-1)).toMatchObject({
    digest: "sha256:ab",
    status: "Status: Downloaded newer image for nginx:latest",
  });
});

test.each([
  ["unauthorized: authentication required", "other", "wants a login"],
  [
    "pull access denied for nginx, repository does not exist or may require 'docker login'",
    "other",
    "wants a login",
  ],
  ["Get https://x/v2/: no basic auth credentials", "other", "wants a login"],
  ["manifest for nginx:9 not found: manifest unknown: \u001b[2J", "gone", "The registry has no nginx"],
  ["write /var/lib/docker/tmp/x: no space left on device", "other", "no space left on device"],
])("%s ends it with a sentence", async (message, kind, sentence) => {
  const lines = [
    { status: "Pulling fs layer", id: "aa" },
    { errorDetail: { message }, error: message },
  ];
  const problem = await pulled(...lines).then(() => undefined, explain);
  expect(problem).toMatchObject({ kind, message: expect.stringContaining(sentence) });
  expect(problem?.message).not.toContain("\u001b");
});
