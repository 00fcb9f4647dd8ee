import { globSync, readFileSync, statSync } from "node:fs";
import { type BuildOptions, build, context, type Plugin } from "esbuild";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** Runs before all else, so that an old Node gets a sentence instead of a stack. */
const banner = `#!/usr/bin/env node
import * as __module from "node:module";
{
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write("dockui needs Node.js 20.19 or later, this is " + process.versions.node + ".\\n");
    process.exit(1);
  }
}
const require = __module.createRequire(import.meta.url);`;

/** Packages that dockui never reaches (BuildKit sessions, dockerode's own ssh, devtools) and that cost start-up. */
const unused: Plugin = {
  name: "unused",
  setup({ onResolve, onLoad }) {
    const names =
      /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|cpu-features|react-devtools-core)(\/|$)/;
    onResolve({ filter: names }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, ({ path }) => ({
      contents: `module.exports = new Proxy(function () {}, { get: (_, key) => key === "__esModule" ? false : module.exports, apply() { throw new Error(${JSON.stringify(`${path} is not part of dockui`)}); } });`,
    }));
  },
};

const options: BuildOptions = {
  entryPoints: ["src/launch.ts"],
  outfile: "dist/dockui.js",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node18", // syntax only: an older Node must get as far as the banner
  supported: { "top-level-await": true },
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"', DOCKUI_VERSION: JSON.stringify(version) },
  alias: { "string-width": "fast-string-width" },
  banner: { js: banner },
  plugins: [unused],
  legalComments: "none",
  logLevel: "warning",
};

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

if (process.argv.includes("--watch")) await (await context(options)).watch();
else if (!process.argv.includes("--if-stale") || isStale()) await build(options);
