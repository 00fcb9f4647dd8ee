/** A request as far as its time is concerned. */
export type Timed = {
  method: string;
  path: string;
  query: Readonly<Record<string, unknown>>;
  isStream: boolean;
};

const callMs = 30_000;
/** What walks or packs files: the engine answers when it is through. */
const longMs = 600_000;

type Rule = { of: RegExp; ms(asked: Timed): number | undefined };

const rules: readonly Rule[] = [
  { of: /^POST \/containers\/[^/]+\/wait$/, ms: () => undefined },
  { of: /^POST \/containers\/[^/]+\/(stop|restart)$/, ms: ({ query }) => graceMs(query.t) },
  { of: /^PUT /, ms: () => undefined }, // it ends when all was sent and unpacked
  { of: /^HEAD /, ms: () => callMs },
  { of: /^DELETE \/(containers|images|volumes)\//, ms: () => longMs },
  {
    of: /^(GET \/system\/df|POST \/build\/prune|POST \/commit|GET \/containers\/[^/]+\/changes)$/,
    ms: () => longMs,
  },
  { of: /^GET \/containers\/json$/, ms: ({ query }) => (query.size ? longMs : callMs) },
];

/** How long the engine may take to answer, in ms; of a stream to begin. Undefined: as long as it is alive. */
export function limitOf(asked: Timed): number | undefined {
  const line = `${asked.method} ${asked.path.replace(/\?$/, "")}`;
  const rule = rules.find(({ of }) => of.test(line));
  return rule ? rule.ms(asked) : asked.isStream ? longMs : callMs;
}

/** A stop may take its grace time (below 0: for ever), and the engine half a minute more. */
function graceMs(seconds: unknown): number | undefined {
  return typeof seconds === "number" && seconds < 0 ? undefined : (Number(seconds) || 0) * 1000 + callMs;
}
