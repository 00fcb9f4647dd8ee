#!/usr/bin/env -S node --max-semi-space-size=4
// Starts the bundle with V8's compile cache on (Node 22.1 and later), which the bundle cannot turn on for itself. The
// flag above keeps the memory of a program that paints without a pause under 120 MiB; V8 by itself takes 130 and more.
process.getBuiltinModule?.("node:module").enableCompileCache?.();
await import("../dist/dockui.js");
