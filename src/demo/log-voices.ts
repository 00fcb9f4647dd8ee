import { scatter } from "./ids.ts";
import type { LogVoice } from "./types.ts";
import { stamp } from "./units.ts";

/** The `index`-th line which a container says, at `at` (ms since 1970). */
export type Utterance = { index: number; at: number; salt: number };

/** A line without its newline, and the stream it went to. */
export type SaidLine = { text: string; stream: "stdout" | "stderr" };

const out = (text: string): SaidLine => ({ text, stream: "stdout" });
const err = (text: string): SaidLine => ({ text, stream: "stderr" });

const pick = <First, Item>(items: readonly [First, ...Item[]], luck: number): First | Item =>
  items[Math.floor(luck * items.length)] ?? items[0];

const paths = [
  "/",
  "/cart",
  "/api/v1/orders",
  "/products/42",
  "/assets/app.css",
  "/login",
  "/health",
] as const;
const agents = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0", "kube-probe/1.29"] as const;
const messages = [
  "order placed",
  "cache miss",
  "payment authorised",
  "session renewed",
  "stock updated",
] as const;

function access({ index, at, salt }: Utterance): SaidLine {
  const luck = scatter(index, salt);
  const code = luck < 0.02 ? 502 : luck < 0.06 ? 404 : luck < 0.1 ? 304 : 200;
  const client = `10.0.${Math.floor(luck * 8)}.${(index * 7) % 250}`;
  const when = stamp(at).slice(0, 19);
  const path = pick(paths, scatter(index, salt + 1));
  const bytes = Math.floor(scatter(index, salt + 2) * 20_000);
  return out(`${client} - - [${when}] "GET ${path} HTTP/1.1" ${code} ${bytes} "-" "${pick(agents, luck)}"`);
}

function jsonLine({ index, at, salt }: Utterance): SaidLine {
  const luck = scatter(index, salt);
  const level = luck < 0.03 ? "error" : luck < 0.12 ? "warn" : luck < 0.3 ? "debug" : "info";
  const line = JSON.stringify({
    time: stamp(at),
    level,
    msg: level === "error" ? "upstream timed out" : pick(messages, scatter(index, salt + 1)),
    route: pick(paths, scatter(index, salt + 2)),
    duration_ms: Math.round(luck * 480),
    request_id: `r-${index.toString(36)}`,
  });
  return level === "error" ? err(line) : out(line);
}

function postgres({ index, at, salt }: Utterance): SaidLine {
  const prefix = `${stamp(at).slice(0, 23).replace("T", " ")} UTC [${60 + (index % 9)}]`;
  const luck = scatter(index, salt);
  if (luck < 0.05)
    return err(`${prefix} ERROR:  duplicate key value violates unique constraint "orders_pkey"`);
  if (luck < 0.4) return err(`${prefix} LOG:  checkpoint complete: wrote ${index % 900} buffers (5.1%)`);
  return err(
    `${prefix} LOG:  duration: ${(luck * 90).toFixed(3)} ms  statement: SELECT * FROM orders WHERE id = ${index}`,
  );
}

const redis = ({ index, at }: Utterance): SaidLine =>
  out(
    `1:M ${stamp(at).slice(0, 23)} * ${index % 3 === 0 ? "Background saving terminated with success" : `${10 + (index % 90)} changes in 300 seconds. Saving...`}`,
  );

function logfmt({ index, at, salt }: Utterance): SaidLine {
  const level = scatter(index, salt) < 0.08 ? "warn" : "info";
  return err(
    `ts=${stamp(at)} caller=compact.go:519 level=${level} component=tsdb msg="write block" mint=${at} ulid=01H${index}`,
  );
}

const colours = [
  ["\u001b[32m", "PASS"],
  ["\u001b[1;31m", "FAIL"],
  ["\u001b[33m", "SKIP"],
  ["\u001b[38;5;208m", "SLOW"],
] as const;

function colour({ index, salt }: Utterance): SaidLine {
  const [sgr, word] = scatter(index, salt) < 0.8 ? colours[0] : pick(colours, scatter(index, salt + 1));
  return out(
    `${sgr}${word}\u001b[0m \u001b[2msuite/${index % 40}\u001b[22m case \u001b[4m${index}\u001b[24m`,
  );
}

const attacks = [
  "clear screen \u001b[2J\u001b[H and move",
  "title \u001b]0;PWNED\u0007 set",
  "clipboard \u001b]52;c;cm0gLXJmIC8=\u0007 stolen",
  "alternate \u001b[?1049h screen",
  "C1 \u009b31m csi and \u202Eesrever\u202C bidi",
  "progress 10%\rprogress 50%\rprogress 100%",
  "bell \u0007 backspace \b\b\b tab \t nul \u0000 end",
  "link \u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\",
] as const;

const hostile = ({ index }: Utterance): SaidLine => out(`${index} ${attacks[index % attacks.length] ?? ""}`);

const crash = ({ index }: Utterance): SaidLine =>
  err(
    [
      "Starting worker…",
      "connecting to amqp://queue:5672",
      "Error: connect ECONNREFUSED 172.18.0.9:5672",
      "    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1606:16)",
    ][index % 4] ?? "",
  );

const long = ({ index }: Utterance): SaidLine =>
  out(index % 10 === 5 ? `dump ${index} ${"0123456789abcdef".repeat(2500)} end` : `short line ${index}`);

const shell = ({ index }: Utterance): SaidLine => out(`\u001b[1m/ #\u001b[0m echo tick ${index}`);

const plain = ({ index, salt }: Utterance): SaidLine =>
  out(
    `${pick(["INFO", "INFO", "INFO", "WARN"], scatter(index, salt))} tick ${index}: ${pick(messages, scatter(index, salt + 1))}`,
  );

/** What each voice says. */
export const voices: Readonly<Record<LogVoice, (said: Utterance) => SaidLine>> = {
  access,
  json: jsonLine,
  postgres,
  redis,
  logfmt,
  colour,
  hostile,
  crash,
  long,
  shell,
  plain,
  none: () => out(""),
};
