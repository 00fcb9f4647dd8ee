/**
 * Does one thing with the files of a container, in a process of its own so that its memory can be told.
 * usage: node bench/archive-worker.ts SOCKET ID copy|list PATH [TARGET]; prints JSON.
 */
import { unix } from "../src/docker/endpoint.ts";
import { createEngine } from "../src/docker/engine.ts";

const [socket = "", id = "", what = "", path = "", target = ""] = process.argv.slice(2);
const engine = createEngine(unix(socket), { readOnly: true, now: Date.now });
const { signal } = new AbortController();
await engine.connect(signal);
const startRss = process.memoryUsage().rss;
const start = performance.now();
let firstMs: number | undefined;
let peakRss = 0;
const watch = () => {
  firstMs ??= performance.now() - start;
  peakRss = Math.max(peakRss, process.memoryUsage().rss);
};
if (what === "copy") {
  let next = 0;
  const onProgress = ({ bytes }: { bytes: number }) => {
    if (bytes < next) return;
    next = bytes + (8 << 20);
    watch();
  };
  await engine.copyOut(id, path, target, { signal, existing: "replace", onProgress });
} else for await (const _ of engine.readFolder(id, path, { signal })) watch();
const ms = performance.now() - start;
engine.close();
console.log(JSON.stringify({ ms, firstMs, startRss, peakRss }));
