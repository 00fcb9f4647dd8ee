import { ProblemError } from "../docker/errors.ts";
import { type LogLimits, usualLimits } from "../docker/log-buffer.ts";
import { jsonFault } from "../format/json-fault.ts";
import { parseSize } from "../format/size.ts";

/** What a person may set once for all runs. */
export type Config = {
  /** How much of a log is kept. */
  logs: LogLimits;
};

/** What holds where nothing is set. */
export const usualConfig: Config = { logs: usualLimits };

type Fields = Record<string, unknown>;

/** How one setting is read; undefined when its value will not do. */
type Setting = { wanted: string; set(config: Config, value: unknown): Config | undefined };

const lines: Setting = {
  wanted: "a whole number from 1000 to 10000000",
  set: (config, value) =>
    Number.isInteger(value) && isBetween(value as number, 1_000, 10_000_000)
      ? { ...config, logs: { ...config.logs, lines: value as number } }
      : undefined,
};

const size: Setting = {
  wanted: 'a size from "1MiB" to "4GiB"',
  set(config, value) {
    const bytes = typeof value === "string" ? parseSize(value) : undefined;
    return bytes !== undefined && isBetween(bytes, 2 ** 20, 2 ** 32)
      ? { ...config, logs: { ...config.logs, bytes } }
      : undefined;
  },
};

const settings: ReadonlyMap<string, Setting> = new Map([
  ["logs.lines", lines],
  ["logs.size", size],
]);

/**
 * Reads the text of a config file: JSON, all of it optional. Throws a problem that says which setting will not do and
 * what would.
 */
export function readConfig(text: string): Config {
  return flat(parse(text)).reduce((config, [name, value]) => {
    const setting = settings.get(name);
    if (!setting) throw wrong(`there is no setting ${name}; there are ${[...settings.keys()].join(", ")}`);
    const next = setting.set(config, value);
    if (!next) throw wrong(`${name} is ${JSON.stringify(value)}; it must be ${setting.wanted}`);
    return next;
  }, usualConfig);
}

function parse(text: string): Fields {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch (error) {
    throw wrong(`it is ${jsonFault(error)}`);
  }
  throw wrong('it must be an object such as {"logs":{"lines":100000}}');
}

/** Settings by their whole names: "logs.lines". */
function flat(fields: Fields, path = ""): [name: string, value: unknown][] {
  return Object.entries(fields).flatMap(([key, value]): [string, unknown][] =>
    isFields(value) ? flat(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function wrong(message: string): ProblemError {
  return new ProblemError({ kind: "other", message });
}
