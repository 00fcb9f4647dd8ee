import { checkName } from "./edits.ts";
import { fail } from "./http.ts";
import { familiar, findImage } from "./images.ts";
import { limitsOf, list, object, text } from "./limits.ts";
import { mountsOf } from "./mounts.ts";
import { networkNamed } from "./networking.ts";
import type { Asked, ContainerRecipe, DemoContainer, DemoPort } from "./types.ts";
import type { DemoWorld } from "./world.ts";

type Body = Record<string, unknown>;

/** Creates a container from the body of a create call; throws ApiError 404 without its image, 409 for a name in use. */
export function create(world: DemoWorld, wanted: string | undefined, body: Body): DemoContainer {
  const ref = text(body.Image) ?? "";
  const image = findImage(world.images, ref) ?? fail(404, `No such image: ${familiar(ref)}`);
  const name = (wanted ?? `brave_${world.containers.size}`).replace(/^\//, "");
  checkName(world, name);
  const host = object(body.HostConfig);
  // One empty word stands for no entrypoint at all.
  const command = [...list(body.Entrypoint), ...list(body.Cmd)].filter((word, at) => at > 0 || word !== "");
  const labels = Object.fromEntries(
    Object.entries(object(body.Labels)).map(([key, value]) => [key, String(value)]),
  );
  const recipe: ContainerRecipe = {
    name,
    image: ref,
    imageId: image.id,
    status: "created",
    labels,
    env: list(body.Env),
    tty: body.Tty === true,
    networks: networksOf(world, host),
    ports: portsOf(world, object(host.PortBindings)),
    mounts: mountsOf(body, host),
    autoRemove: host.AutoRemove === true,
    asked: askedOf(body, host),
    ...(command.length > 0 ? { command } : {}),
    ...limitsOf(host),
  };
  return world.add(recipe);
}

/** What inspect tells as it was asked for; what the engine fills in where nothing was said stays its own. */
function askedOf(body: Body, host: Body): Asked {
  const said = (value: unknown) =>
    value !== undefined &&
    value !== null &&
    value !== "" &&
    value !== 0 &&
    !(typeof value === "object" && Object.keys(value).length === 0);
  const kept = (all: Body, names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name, value]) => names.includes(name) && said(value)));
  const { LogConfig, NetworkMode } = host;
  return {
    config: kept(body, configNames),
    host: {
      ...Object.fromEntries(
        Object.entries(host).filter(([name, value]) => !madeUp.includes(name) && said(value)),
      ),
      ...(text(NetworkMode) === "default" ? {} : { NetworkMode }),
      ...(said(object(LogConfig).Type) ? { LogConfig } : {}),
    },
  };
}

const configNames = [
  ...["Hostname", "Domainname", "User", "WorkingDir", "StopSignal", "StopTimeout", "Healthcheck", "Volumes"],
  ...[
    "AttachStdin",
    "AttachStdout",
    "AttachStderr",
    "OpenStdin",
    "StdinOnce",
    "Entrypoint",
    "Cmd",
    "ExposedPorts",
  ],
];
const madeUp = ["LogConfig", "NetworkMode", "Memory", "NanoCpus", "RestartPolicy"];

/** The networks of a new container, those that do not exist refused; another container's network is none of its own. */
function networksOf(world: DemoWorld, host: Body): string[] {
  const mode = text(host.NetworkMode)?.replace(/^default$/, "bridge") || "bridge";
  if (mode.startsWith("container:")) {
    const whose = mode.slice("container:".length);
    if (!world.find(whose)) fail(404, `No such container: ${whose}`);
    return [];
  }
  return [networkNamed(world, mode)?.name ?? fail(404, `network ${mode} not found`)];
}

/** The ports to publish; without a port of the host, or of a range of them, a free one is taken. */
function portsOf(world: DemoWorld, bindings: Body): DemoPort[] {
  let next = 32_768 + world.containers.size;
  return Object.entries(bindings).flatMap(([port, places]) => {
    const [inside = "", type] = port.split("/");
    return (Array.isArray(places) ? places : []).map((place): DemoPort => {
      const { HostPort, HostIp } = object(place);
      next += 1;
      const publicPort = Number((text(HostPort) ?? "").split("-")[0]) || next;
      const ip = text(HostIp) ?? "";
      return {
        ...{ privatePort: Number(inside), type: type === "udp" ? "udp" : "tcp", publicPort },
        ...(ip === "" ? {} : { ip }),
      };
    });
  });
}
