import * as module from "node:module";

/**
 * The bundle's first module. A second import of the same file, under another address, is compiled with V8's compile
 * cache on, which the first one could not have: the app runs from there.
 */
const cached = "?cached";
if (import.meta.url.endsWith(cached) || !("enableCompileCache" in module)) {
  await import("./cli.tsx");
} else {
  module.enableCompileCache();
  await import(import.meta.url + cached);
}
