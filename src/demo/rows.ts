import { isLive } from "./container-filters.ts";
import { imageNames } from "./image-routes.ts";
import { sizeOf } from "./images.ts";
import { endpoints, networkMode } from "./networking.ts";
import { statusText } from "./status.ts";
import type { DemoContainer, DemoMount } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** The JSON of containers as a list: all but what changes with the clock is kept until the container changes. */
export type Rows = { rows(containers: readonly DemoContainer[], size: boolean): string };

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);

/** The mounts as lists and inspect show them. */
export const mountRows = (mounts: readonly DemoMount[]) =>
  mounts.map(({ type, name, source, destination, writable }) => ({
    Type: type,
    ...(name === undefined ? {} : { Name: name, Driver: "local" }),
    Source: source,
    Destination: destination,
    Mode: type === "volume" ? "z" : "",
    RW: writable,
    Propagation: type === "bind" ? "rprivate" : "",
  }));

/** The Ports of a list: published ones twice, for IPv4 and IPv6; none while it does not run. */
function portRows(container: DemoContainer) {
  if (!isLive(container) || networkMode(container) === "host") return [];
  return container.ports.flatMap(({ privatePort, publicPort, type, ip }) =>
    publicPort === undefined
      ? [{ PrivatePort: privatePort, Type: type }]
      : (ip === undefined ? ["0.0.0.0", "::"] : [ip]).map((IP) => ({
          IP,
          PrivatePort: privatePort,
          PublicPort: publicPort,
          Type: type,
        })),
  );
}

const sizes = (world: DemoWorld, container: DemoContainer) => {
  const image = world.images.get(container.imageId);
  const root = container.sizeRw + (image === undefined ? 0 : sizeOf(image));
  return { ...(container.sizeRw > 0 ? { SizeRw: container.sizeRw } : {}), SizeRootFs: root };
};

const firstPart = (container: DemoContainer) => ({
  Id: container.id,
  Names: [`/${container.name}`],
  ImageID: container.imageId,
  Command: container.command.map(quoted).join(" "),
  Created: Math.floor(container.created / 1000),
  Ports: portRows(container),
  Labels: container.labels,
  State: container.status,
});

const secondPart = (world: DemoWorld, container: DemoContainer) => ({
  HostConfig: { NetworkMode: networkMode(container) },
  NetworkSettings: { Networks: endpoints(world, container) },
  Mounts: mountRows(container.mounts),
});

/** Makes the rows of a world. */
export function createRows(world: DemoWorld): Rows {
  const kept = new WeakMap<DemoContainer, readonly [string, string]>();
  const partsOf = (container: DemoContainer): readonly [string, string] => {
    const known = kept.get(container);
    if (known !== undefined) return known;
    const parts = [
      JSON.stringify(firstPart(container)).slice(0, -1),
      JSON.stringify(secondPart(world, container)).slice(1, -1),
    ] as const;
    kept.set(container, parts);
    return parts;
  };
  const row = (container: DemoContainer, image: string, size: boolean): string => {
    const [before, after] = partsOf(container);
    const extra = size ? `,${JSON.stringify(sizes(world, container)).slice(1, -1)}` : "";
    const changing = { Image: image, Status: statusText(container, world.now()) };
    return `${before},${JSON.stringify(changing).slice(1, -1)},${after}${extra}}`;
  };
  return {
    rows(containers, size) {
      const nameOf = imageNames(world);
      return `[${containers.map((container) => row(container, nameOf(container), size)).join(",")}]`;
    },
  };
}

/** The container as a list row object, as /system/df shows it; `image` is how it names its image. */
export const listRow = (world: DemoWorld, container: DemoContainer, image: string) => ({
  ...firstPart(container),
  Image: image,
  Status: statusText(container, world.now()),
  ...secondPart(world, container),
  ...sizes(world, container),
});
