import { parseSize } from "../../format/size.ts";
import { csvFields, csvLine, type Kind, no, ok, type Parsed } from "./kind.ts";
import { size } from "./kinds.ts";
import type { MountUse, Pair } from "./spec.ts";
import { absolute, relative } from "./volumes.ts";

/** What `--mount` takes: "type=bind,source=/on/host,target=/inside,readonly". */
export const mountUse: Kind<MountUse> = {
  takes: "type=bind|volume|tmpfs,source=…,target=…",
  parse(text) {
    const fields = csvFields(text);
    if (fields === undefined) return no("has a quotation mark without its partner");
    const options: Pair[] = [];
    for (const field of fields) {
      const at = field.indexOf("=");
      const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
      const name = synonyms[key] ?? key;
      if (at < 0 && !switches.includes(name)) return no(`has ${field}, which needs a value: ${key}=…`);
      options.push({ key: name, value: at < 0 ? "true" : field.slice(at + 1) });
    }
    return fromOptions(options);
  },
  print: (mount) =>
    csvLine(optionsOf(mount).map(({ key, value }) => (value === undefined ? key : `${key}=${value}`))),
};

const synonyms: Readonly<Record<string, string>> = {
  src: "source",
  dst: "target",
  destination: "target",
  ro: "readonly",
};
const switches = ["readonly", "volume-nocopy", "bind-nonrecursive"];
const recursions = ["enabled", "disabled", "writable", "readonly"] as const;

/** The options that a type of mount knows, beside those that all know. */
const known = {
  bind: ["bind-propagation", "bind-recursive", "bind-nonrecursive"],
  volume: ["volume-nocopy", "volume-subpath", "volume-driver", "volume-opt", "volume-label"],
  tmpfs: ["tmpfs-size", "tmpfs-mode"],
} as const;

function fromOptions(options: readonly Pair[]): Parsed<MountUse> {
  const last = (key: string) => options.findLast((option) => option.key === key)?.value;
  const type = (last("type") ?? "volume").toLowerCase();
  if (type !== "bind" && type !== "volume" && type !== "tmpfs")
    return no(`has the type ${type}, which is not supported: bind, volume, tmpfs`);
  const allowed: readonly string[] = ["type", "source", "target", "readonly", "consistency", ...known[type]];
  const strange = options.find(({ key }) => !allowed.includes(key));
  if (strange) return no(`has ${strange.key}, which a mount of the type ${type} does not know`);
  const target = last("target");
  if (target === undefined) return no("has no target: target=/inside");
  const wrong = absolute(target);
  if (wrong) return wrong;
  const unclear = switches.find((key) => truth(last(key)) === undefined);
  if (unclear) return no(`has ${unclear}=${last(unclear)}, which is neither true nor false`);
  const consistency = last("consistency");
  const common = {
    target,
    ...(truth(last("readonly")) ? { readOnly: true as const } : {}),
    ...(consistency === undefined ? {} : { consistency }),
  };
  const source = last("source");
  if (type === "tmpfs") return tmpfsMount(common, source, last);
  return type === "bind" ? bindMount(common, source, last) : volumeMount(common, source, options, last);
}

type Common = Pick<MountUse, "target" | "readOnly" | "consistency">;
type Last = (key: string) => string | undefined;

function bindMount(common: Common, source: string | undefined, last: Last): Parsed<MountUse> {
  if (source === undefined) return no("has no source: source=/on/host");
  if (!source.startsWith("/")) return no(relative(source));
  const propagation = last("bind-propagation");
  if (propagation !== undefined && !/^r?(shared|slave|private)$/.test(propagation))
    return no(
      `has the propagation ${propagation}, which is none of rprivate, private, rshared, shared, rslave, slave`,
    );
  const said = truth(last("bind-nonrecursive")) ? "disabled" : last("bind-recursive");
  const recursive = recursions.find((word) => word === said);
  if (said !== undefined && recursive === undefined)
    return no(`has bind-recursive=${said}, which is none of ${recursions.join(", ")}`);
  return ok({
    type: "bind",
    ...common,
    source,
    ...(propagation === undefined ? {} : { propagation }),
    ...(recursive === undefined ? {} : { recursive }),
  });
}

function volumeMount(
  common: Common,
  source: string | undefined,
  options: readonly Pair[],
  last: Last,
): Parsed<MountUse> {
  const [subpath, driver] = [last("volume-subpath"), last("volume-driver")];
  const pairs = (key: string) =>
    options.filter((option) => option.key === key).map(({ value }) => pairOf(value));
  return ok({
    type: "volume",
    ...common,
    ...(source === undefined ? {} : { source }),
    ...(truth(last("volume-nocopy")) ? { nocopy: true as const } : {}),
    ...(subpath === undefined ? {} : { subpath }),
    ...(driver === undefined ? {} : { driver }),
    options: pairs("volume-opt"),
    labels: pairs("volume-label"),
  });
}

function tmpfsMount(common: Common, source: string | undefined, last: Last): Parsed<MountUse> {
  if (source !== undefined) return no("has a source, which a tmpfs has not");
  const [sizeText, modeText] = [last("tmpfs-size"), last("tmpfs-mode")];
  const bytes = sizeText === undefined ? undefined : parseSize(sizeText);
  if (sizeText !== undefined && bytes === undefined) return no(`has ${sizeText}, which is not a size: 64m`);
  if (modeText !== undefined && !/^[0-7]{1,5}$/.test(modeText))
    return no(`has ${modeText}, which is no mode: 1777`);
  return ok({
    type: "tmpfs",
    ...common,
    ...(bytes === undefined ? {} : { size: bytes }),
    ...(modeText === undefined ? {} : { mode: Number.parseInt(modeText, 8) }),
  });
}

function pairOf(text: string): Pair {
  const at = text.indexOf("=");
  return at < 0 ? { key: text, value: "" } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

function truth(text: string | undefined): boolean | undefined {
  if (text === undefined || /^(0|f|false)$/i.test(text)) return false;
  return /^(1|t|true)$/i.test(text) ? true : undefined;
}

type Option = { key: string; value?: string | undefined };

/** The options of a mount in the order they are written, those that are not set left out. */
function optionsOf(mount: MountUse): Option[] {
  const set = (key: string, value: string | undefined): Option[] =>
    value === undefined ? [] : [{ key, value }];
  const on = (key: string, value: true | undefined): Option[] => (value ? [{ key }] : []);
  const pairs = (key: string, list: readonly Pair[]): Option[] =>
    list.map((pair) => ({ key, value: pair.value === "" ? pair.key : `${pair.key}=${pair.value}` }));
  return [
    { key: "type", value: mount.type },
    ...("source" in mount ? set("source", mount.source) : []),
    { key: "target", value: mount.target },
    ...on("readonly", mount.readOnly),
    ...set("consistency", mount.consistency),
    ...(mount.type === "bind"
      ? [...set("bind-propagation", mount.propagation), ...set("bind-recursive", mount.recursive)]
      : []),
    ...(mount.type === "volume"
      ? [
          ...on("volume-nocopy", mount.nocopy),
          ...set("volume-subpath", mount.subpath),
          ...set("volume-driver", mount.driver),
          ...pairs("volume-opt", mount.options),
          ...pairs("volume-label", mount.labels),
        ]
      : []),
    ...(mount.type === "tmpfs"
      ? [
          ...set("tmpfs-size", mount.size === undefined ? undefined : size().print(mount.size)),
          ...set("tmpfs-mode", mount.mode?.toString(8)),
        ]
      : []),
  ];
}
