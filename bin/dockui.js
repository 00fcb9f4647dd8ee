#!/usr/bin/env node
// Starts the bundle with V8's compile cache on (Node 22.1 and later), which the bundle cannot turn on for itself.
process.getBuiltinModule?.("node:module").enableCompileCache?.();
await import("../dist/dockui.js");
