import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import type { Container } from "./containers.ts";
import type { Engine } from "./engine.ts";
import { explain } from "./errors.ts";
import type { Image } from "./images.ts";
import type { Network } from "./networks.ts";
import { createSource, type Source } from "./source.ts";
import type { Volume } from "./volumes.ts";

/** The lists of an engine. */
export type Sources = {
  containers: Source<Container>;
  images: Source<Image>;
  networks: Source<Network>;
  volumes: Source<Volume>;
};

/** A list that failed to load is not true until it was loaded again. */
const retryMs = 2_000;

/** The lists of that engine, driven by its events. */
export function createSources(engine: Engine, connection: Connection, clock: Clock): Sources {
  const distrusted = (error: unknown): never => {
    if (explain(error).kind === "timeout") connection.distrust(error);
    throw error;
  };
  return {
    containers: createSource({
      load: (ids, signal) => engine.containers({ ids }, signal).catch(distrusted),
      follow: (refresh) => connection.follow("container", refresh),
      clock,
      retryMs,
    }),
    // The other lists are cheap and have no filter by id: any change loads them whole.
    images: createSource({
      load: (_, signal) => engine.images(signal),
      follow: (refresh) => connection.follow("image", () => refresh(undefined)),
      clock,
      retryMs,
    }),
    networks: createSource({
      load: (_, signal) => engine.networks(signal),
      follow: (refresh) => connection.follow("network", () => refresh(undefined)),
      clock,
      retryMs,
    }),
    volumes: createSource({
      load: (_, signal) => engine.volumes(signal),
      follow: (refresh) => connection.follow("volume", () => refresh(undefined)),
      clock,
      retryMs,
    }),
  };
}
