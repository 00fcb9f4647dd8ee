import { chmodSync, globSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { type BuildOptions, build, context, type Plugin } from "esbuild";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** Node's own modules are taken with `require`, which an ES module does not have. */
const require = `const require = process.getBuiltinModule("node:module").createRequire(process.execPath);`;

/**
 * Stands before all else, so that an old Node gets a sentence instead of a stack. The whole program is one function:
 * thus Node takes the file as a script, too, when it is copied to a name without `.js`.
 */
const beginning = `#!/usr/bin/env node
"use strict";
(async () => {
{
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write("dockui needs Node.js 20.19 or later, this is " + process.versions.node + ".\\n");
    process.exit(1);
  }
}
${require}`;

/** Packages that dockui never reaches (image builds, dockerode's own ssh, devtools) and that cost start-up. */
const unused: Plugin = {
  name: "unused",
  setup({ onResolve, onLoad }) {
    const names =
      /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|cpu-features|tar-fs|react-devtools-core)(\/|$)/;
    onResolve({ filter: names }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, ({ path }) => ({
      contents: `module.exports = new Proxy(function () {}, { get: (_, key) => key === "__esModule" ? false : module.exports, apply() { throw new Error(${JSON.stringify(`${path} is not part of dockui`)}); } });`,
    }));
  },
};

/** Loaded when first used: TLS, hashes and compression cost 20 ms at every start, and a local engine needs none. */
const late: ReadonlySet<string> = new Set(["https", "crypto", "zlib"]);

/**
 * Node's own modules by `require`: an ESM import of `http` evaluates all that module could ever give, undici included,
 * which costs tens of milliseconds at every start.
 */
const builtins: Plugin = {
  name: "builtins",
  setup({ onResolve, onLoad }) {
    const names = new Set(builtinModules);
    onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, "");
      if (!names.has(name)) return undefined;
      if (kind !== "require-call") return { path: name, namespace: "builtin" };
      return late.has(name) ? { path: name, namespace: "late" } : { path: `node:${name}`, external: true };
    });
    onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, key) => process.getBuiltinModule("node:${path}")[key] });`,
    }));
    onLoad({ filter: /.*/, namespace: "builtin" }, async ({ path }) => ({
      contents: await lazyExports(path),
    }));
  },
};

/** A module that takes from one of Node's own only what is used: what is not is left out by tree shaking. */
async function lazyExports(name: string): Promise<string> {
  const names = Object.keys(await import(`node:${name}`)).filter((key) => /^[A-Za-z_]\w*$/.test(key));
  if (late.has(name))
    return names
      .filter((key) => key !== "default")
      .map(
        (key) =>
          `export const ${key} = (...given) => process.getBuiltinModule("node:${name}").${key}(...given);`,
      )
      .join("\n");
  return [
    `const whole = require(${JSON.stringify(`node:${name}`)});`,
    "const take = (key) => whole[key];",
    "export default whole;",
    ...names
      .filter((key) => key !== "default")
      .map((key) => `const $${key} = /* @__PURE__ */ take("${key}"); export { $${key} as ${key} };`),
  ].join("\n");
}

/** docker-modem describes every request in full for a log that nobody reads, which costs more than the request. */
const quietModem: Plugin = {
  name: "quiet-modem",
  setup({ onLoad }) {
    onLoad({ filter: /docker-modem[/\\]lib[/\\]modem\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const quiet = text.replace(/debug\('Sending: %s', util\.inspect\([^;]*\)\);/, "");
      if (quiet === text) throw new Error("docker-modem changed: look for util.inspect in its modem.js");
      return { contents: quiet };
    });
  },
};

const options: BuildOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node18", // syntax only: an older Node must get as far as its sentence
  supported: { "top-level-await": true },
  jsx: "automatic",
  define: {
    "process.env.NODE_ENV": '"production"',
    DOCKUI_VERSION: JSON.stringify(version),
    // Only yoga would use it, to load its own inlined WebAssembly; Node's fetch takes 30 ms to come up.
    fetch: "undefined",
    "Intl.Segmenter": "GraphemeSegmenter",
    // A script has none; packages ask it only for what is inside the bundle, or for devtools.
    "import.meta.url": '"file:///dockui"',
    "import.meta.resolve": "undefined",
  },
  inject: ["src/format/segmenter.ts"],
  alias: { "string-width": "fast-string-width", "readable-stream": "node:stream" },
  plugins: [unused, builtins, quietModem],
  legalComments: "none",
  logLevel: "warning",
};

const programs: BuildOptions[] = [
  {
    ...options,
    // Imported, since what a script exports is a syntax error.
    stdin: { contents: 'import "./src/cli.tsx";', resolveDir: "." },
    outfile: "dist/dockui.js",
    banner: { js: beginning },
    footer: { js: "})();" },
  },
  // Tells bin/dockui.js, before there is any other code, whether it may keep compiled code.
  {
    ...options,
    entryPoints: ["src/docker/trusted.ts"],
    outfile: "dist/trusted.js",
    banner: { js: require },
  },
];

/** Whether something the bundle is made of is newer than it. */
function isStale(): boolean {
  try {
    const built = statSync("dist/dockui.js").mtimeMs;
    const parts = [...globSync("src/**/*.{ts,tsx}"), "package-lock.json", "scripts/build.ts"];
    return parts.some((file) => statSync(file).mtimeMs > built);
  } catch {
    return true;
  }
}

if (process.argv.includes("--watch"))
  await Promise.all(programs.map(async (program) => (await context(program)).watch()));
else if (!process.argv.includes("--if-stale") || isStale()) {
  await Promise.all(programs.map((program) => build(program)));
  chmodSync("dist/dockui.js", 0o755);
}
