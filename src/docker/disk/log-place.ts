import { record, text } from "../raw.ts";

/** What /info tells of an engine's own files: its data root, and what its version does with logs. */
export type LogKeeper = {
  root: string;
  /** Since Docker 23 the engine remembers how long a log is, and reading one that was cut meanwhile never ends. */
  remembersLength: boolean;
};

/** Where the output of a container is kept, as its inspect says. */
export type LogPlace = LogKeeper & {
  /** The container's. */
  id: string;
  driver: string;
  /** The file that is written to; absent where the driver keeps none. */
  path?: string;
  /** The engine says that the file is there: it has been written to. */
  begun?: boolean;
  /** As it was set, "10m"; absent when it may grow without end. */
  maxSize?: string;
  maxFile?: number;
  rotates: boolean;
  /** Where the lines go when not into a log file alone, as a sentence. */
  elsewhere?: string;
};

/** What `GET /info` says of how an engine keeps logs. */
export function toLogKeeper(info: unknown): LogKeeper {
  const raw = record(info);
  // What does not tell its version is not trusted to stand it.
  const root = text(raw.DockerRootDir).replace(/\/+$/, "");
  return { root, remembersLength: !(Number.parseInt(text(raw.ServerVersion), 10) < 23) };
}

/** Where a container's output is kept, of the answer of `GET /containers/{id}/json`. */
export function toLogPlace(inspect: unknown, keeper: LogKeeper): LogPlace {
  const raw = record(inspect);
  const config = record(record(raw.HostConfig).LogConfig);
  const asked: Asked = {
    id: text(raw.Id),
    driver: text(config.Type),
    path: text(raw.LogPath),
    folder: `${keeper.root}/containers/${text(raw.Id)}`,
    option: (name) => text(record(config.Config)[name]),
  };
  const rule = drivers[asked.driver] ?? (asked.path === "" ? sentAway : ownFile);
  return { ...keeper, id: asked.id, driver: asked.driver, ...rule(asked) };
}

type Asked = {
  id: string;
  driver: string;
  path: string;
  folder: string;
  option(name: string): string;
};
type Rule = (asked: Asked) => Omit<LogPlace, "id" | "driver" | keyof LogKeeper>;

/** The drivers that are no plain sender of lines. The daemon's own options are in the container's already. */
const drivers: Readonly<Record<string, Rule>> = {
  "json-file": ({ id, path, folder, option }) => ({
    // Before its first start the engine names no path yet.
    path: path === "" ? `${folder}/${id}-json.log` : path,
    begun: path !== "",
    ...limits(option("max-size"), option("max-file")),
  }),
  local: ({ folder, option }) => ({
    path: `${folder}/local-logs/container.log`,
    ...limits(option("max-size") || "20m", option("max-file") || "5"),
  }),
  none: () => ({ rotates: false, elsewhere: "Nothing is kept: the log driver is none." }),
  journald: () => ({
    rotates: false,
    elsewhere:
      "The lines are in the journal of the engine's host, which keeps its own limits: see journalctl.",
  }),
};

/** A driver that names a file: those of Podman. */
const ownFile: Rule = ({ path, option }) => ({
  path,
  begun: true,
  ...limits(option("max-size"), option("max-file")),
});

/** A driver that sends the lines away; the engine keeps some of them for docker logs, in the local driver's format. */
const sentAway: Rule = ({ driver, folder, option }) =>
  option("cache-disabled") === "true"
    ? { rotates: false, elsewhere: `The lines go to ${driver}: nothing is kept here.` }
    : {
        path: `${folder}/container-cached.log`,
        ...limits(option("cache-max-size") || "20m", option("cache-max-file") || "5"),
        elsewhere: `The lines go to ${driver}; the file is what the engine keeps of them for docker logs.`,
      };

/** "-1" is how json-file says that there is no limit, and without one nothing rotates. */
function limits(maxSize: string, maxFile: string): Pick<LogPlace, "maxSize" | "maxFile" | "rotates"> {
  if (maxSize === "" || maxSize === "-1") return { rotates: false };
  return { maxSize, maxFile: Math.max(1, Number.parseInt(maxFile, 10) || 1), rotates: true };
}
