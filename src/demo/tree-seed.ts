import { type DemoFolder, type DemoNode, file, folder, link, type NodeChange, place } from "./tree.ts";
import type { DemoContainer } from "./types.ts";
import { hour, MiB } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
postgres:x:999:999::/var/lib/postgresql:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/false
`;

const group = "root:x:0:\ndaemon:x:1:\nadm:x:4:\nwww-data:x:33:\npostgres:x:999:\nnogroup:x:65534:\n";

const config = `# One worker for each core.
worker_processes auto;

events { worker_connections 1024; }

http {
  server {
    listen 80;
    location / { proxy_pass http://app:3000; }
    location /health { return 200 "ok"; }
  }
}
`;

const shellSize = 1_265_648;

/** What every image with a shell has. */
function system(container: DemoContainer, at: NodeChange): [path: string, node: DemoNode][] {
  const www = { ...at, uid: 33, gid: 33 };
  return [
    ["/etc/passwd", file(passwd, at)],
    ["/etc/group", file(group, at)],
    ["/etc/shadow", file("root:*:19000:0:99999:7:::\n", { ...at, mode: 0o640 })],
    ["/etc/hostname", file(`${container.id.slice(0, 12)}\n`, at)],
    ["/etc/hosts", file("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n", at)],
    ["/etc/nginx/nginx.conf", file(config, at)],
    ["/etc/mtab", link("/proc/mounts", at)],
    ["/usr/bin/env", file({ size: 48_072 }, { ...at, mode: 0o755 })],
    ["/usr/bin/passwd", file({ size: 68_208 }, { ...at, mode: 0o4755 })],
    ["/usr/share/doc/notes.txt", file("", at)],
    ["/var/www/index.html", file("<!doctype html>\n<title>It works</title>\n", www)],
    ["/var/log/app.log", file(logText, { ...www, gid: 4, mode: 0o640 })],
    ["/var/cache/blobs", file({ size: 3 * MiB }, at)],
    ["/root/.profile", file("export PS1='\\w \\$ '\n", { ...at, mode: 0o600 })],
    ["/tmp", folder({ ...at, mode: 0o1777 })],
    ["/proc", folder(at)],
    ["/dev/null", { kind: "other", mode: 0o666, uid: 0, gid: 0, modified: at.modified ?? 0 }],
    ["/www", link("var/www", at)],
  ];
}

const logText = Array.from(
  { length: 400 },
  (_, n) => `request ${n + 1} answered in ${(n * 7) % 90} ms\n`,
).join("");

/** The files of a container, made up when somebody first looks. */
export function filesOf(world: DemoWorld, container: DemoContainer): DemoFolder {
  const known = world.trees.get(container.id);
  if (known) return known;
  const at = { modified: container.created - 30 * 24 * hour };
  const root = folder(at);
  const nodes: [string, DemoNode][] =
    container.shells.length === 0
      ? [["/app", file({ size: 7 * MiB }, { ...at, mode: 0o755 })]]
      : system(container, at);
  for (const [path, node] of nodes) place(root, path, node);
  for (const path of container.shells) place(root, path, file({ size: shellSize }, { ...at, mode: 0o755 }));
  for (const { destination, type } of container.mounts) {
    const mounted = folder({ modified: container.created });
    if (type === "volume") mounted.children.set("16384", file({ size: 12 * MiB }, { ...at, mode: 0o600 }));
    place(root, destination, mounted);
  }
  world.trees.set(container.id, root);
  return root;
}
