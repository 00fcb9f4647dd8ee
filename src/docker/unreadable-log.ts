import type { Detail } from "./detail.ts";

type Driver = Pick<Detail, "logDriver" | "logOptions">;
type Place = (option: (name: string) => string | undefined) => string;

/** Where the drivers that come with Docker send lines, by the options that say so; never by those that are secret. */
const places: Readonly<Record<string, Place>> = {
  syslog: (option) => at("the syslog server", option("syslog-address")) ?? "the syslog of the engine's host",
  gelf: (option) => at("the GELF server", option("gelf-address")) ?? "the GELF server",
  fluentd: (option) => `Fluentd at ${option("fluentd-address") ?? "localhost:24224 of the engine's host"}`,
  awslogs: (option) => {
    const [group, stream] = [option("awslogs-group"), option("awslogs-stream")];
    return ["Amazon CloudWatch", group && `log group ${group}`, stream && `stream ${stream}`]
      .filter(Boolean)
      .join(", ");
  },
  splunk: (option) => at("Splunk", option("splunk-url")) ?? "Splunk",
  gcplogs: (option) => {
    const project = option("gcp-project");
    return project === undefined ? "Google Cloud Logging" : `Google Cloud Logging, project ${project}`;
  },
  logentries: () => "Logentries",
  etwlogs: () => "the event tracing of Windows",
};

/** Drivers that keep lines where the engine itself reads them. */
const readable: ReadonlySet<string> = new Set(["json-file", "local", "journald"]);

/**
 * Why a log cannot be read, where its lines are and what would help; of a driver that can be, what the engine said.
 * Begins in lower case and ends without a full stop, as the reason of a feed does.
 */
export function unreadableLog({ logDriver, logOptions }: Driver, said: string): string {
  if (readable.has(logDriver)) return `the log driver is ${logDriver}: ${said}`;
  if (logDriver === "none")
    return "the log driver is none, which keeps nothing. Attach to see what is written from now on, or create the container again with --log-driver local";
  const place =
    places[logDriver]?.((name) => logOptions[name] || undefined) ?? "where that driver sends them";
  const where = `the log driver is ${logDriver}: its lines go to ${place}`;
  return logOptions["cache-disabled"] === "true"
    ? `${where}. Without its option cache-disabled=true Docker keeps a copy that can be read here`
    : `${where}. Docker 20.10 or later keeps a copy that can be read here`;
}

/** A place with its address, without a name and password in it. */
function at(place: string, address: string | undefined): string | undefined {
  return address === undefined ? undefined : `${place} at ${address.replace(/\/\/[^/]*@/, "//")}`;
}
