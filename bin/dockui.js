#!/usr/bin/env -S node --max-semi-space-size=4
// Starts the bundle with V8's compile cache on (Node 22.1 and later), which the bundle cannot turn on for itself: in a
// folder that only this person can write, since what lies there is run. Never in Node's own choice below /tmp. The flag
// above and the one below keep the memory of a program that paints without a pause under 120 MiB, also while a log
// is written as fast as it can be; V8 by itself takes 130 to 180, since it collects what was thrown away much later.
const { cacheFolder } = await import("../dist/trusted.js");
const folder = cacheFolder(process.env);
if (folder) process.getBuiltinModule("node:module").enableCompileCache?.(folder);
process.getBuiltinModule?.("node:v8").setFlagsFromString("--heap-growing-percent=30");
await import("../dist/dockui.js");
