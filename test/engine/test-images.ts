import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineAccess } from "./private-engine.ts";

type Recipe = { files: (root: string) => void; changes: string[] };

const recipes = {
  /** Every busybox command, `sh` and `ash` too; runs `sleep 100000` unless told otherwise. */
  "dockui-test/busybox": {
    files: (root) => {
      const busybox = place(root, "bin/busybox");
      const applets = execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n");
      for (const applet of applets)
        if (applet !== "busybox") symlinkSync("busybox", join(root, "bin", applet));
      for (const folder of ["etc", "root", "tmp", "proc", "sys", "dev"]) mkdirSync(join(root, folder));
      writeFileSync(
        join(root, "etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
      );
    },
    changes: ['CMD ["sleep","100000"]', "ENV PATH=/bin"],
  },
  /** A program and nothing else: no shell can be started in it. */
  "dockui-test/noshell": {
    // Busybox acts by its name: only as one that starts with "busybox" does it take the command from its arguments.
    files: (root) => void place(root, "busybox-app"),
    changes: ['ENTRYPOINT ["/busybox-app","sleep","100000"]'],
  },
} satisfies Record<string, Recipe>;

/** An image that can be made without a registry. */
export type TestImage = keyof typeof recipes;

/** The images that every shared test engine has. */
export const testImages = Object.keys(recipes) as TestImage[];

/** Imports a test image into an engine, built from this machine's static busybox; returns its id. */
export async function importImage(engine: EngineAccess, name: TestImage): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "dockui-image-"));
  try {
    const { files, changes } = recipes[name];
    const root = join(work, "root");
    mkdirSync(root);
    files(root);
    execFileSync("tar", ["-C", root, "-cf", join(work, "image.tar"), "."]);
    const options = changes.flatMap((change) => ["-c", change]);
    return (await engine.docker("import", ...options, join(work, "image.tar"), name)).trim();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function place(root: string, path: string): string {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync("/bin/busybox", target);
  return target;
}
