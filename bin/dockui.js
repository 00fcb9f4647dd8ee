#!/usr/bin/env -S node --max-semi-space-size=2
// Starts the bundle with V8's compile cache on (Node 22.1 and later), which the bundle cannot turn on for itself. The
// flag above keeps the memory of a program that paints all day near 100 MiB; without it V8 takes half as much again.
process.getBuiltinModule?.("node:module").enableCompileCache?.();
await import("../dist/dockui.js");
