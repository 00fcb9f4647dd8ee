import fc from "fast-check";

const bytes = (text: string) => Buffer.from(text, "utf8");
const pick = (...pieces: readonly string[]) => fc.constantFrom(...pieces).map(bytes);

/** Parameters as nobody should write them: too many, too large, with colons, private marks, nothing. */
const parameters = fc.oneof(
  fc.array(fc.oneof(fc.nat(110), fc.constantFrom("", ":", "?", ">", "38:2:", "48;5;", "99999999999")), {
    maxLength: 6,
  }),
  fc.constant([..."1;".repeat(100)]),
);

/** A whole control sequence: CSI of any kind and SGR above all, OSC, DCS, SOS, PM, APC with a body and an end. */
const sequence = fc.oneof(
  fc.tuple(parameters, fc.constantFrom("m", "m", "m", ..."JKHABCDfhlnrsutqcS@`~ ")).map(([list, end]) => `\x1b[${list.join(";")}${end}`),
  fc.tuple(fc.constantFrom(..."]PX^_"), fc.string({ unit: "binary", maxLength: 8 }), fc.constantFrom("\x07", "\x1b\\", "\u009c", "\x18", "\x1a", "\x1b", "")).map(([start, body, end]) => `\x1b${start}${body}${end}`),
  fc.constantFrom("\x1b]52;c;aGk=\x07", "\x1b]8;;http://x\x1b\\", "\x1b]0;title\x07", "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1b[?1049h", "\x1bc", "\x1b(0", "\x1b#8", "\x1b%G", "\x1b\x1b[31m", "\x1b[\x1b[31m31m", "\x1b[3\x1b]0;x\x0731m"),
); // biome-ignore format: one sequence a line

/** A piece of a sequence or of UTF-8, cut anywhere. */
const cut = fc
  .tuple(sequence, fc.nat(12), fc.nat(12))
  .map(([text, from, to]) => bytes(text).subarray(from % 4, from + to));

const c1 = fc.integer({ min: 0x80, max: 0x9f }).map((code) => bytes(String.fromCharCode(code)));
const surrogate = fc.integer({ min: 0xa0, max: 0xbf }).map((byte) => Buffer.from([0xed, byte, 0x80]));
const wild = fc.uint8Array({ maxLength: 8 }).map((list) => Buffer.from(list));

const piece = fc.oneof(
  sequence.map(bytes),
  cut,
  c1,
  surrogate,
  wild,
  pick("\r", "\b", "\r\r", "\b\b\b", "\x00", "\x07", "\x7f", "\t", "\n", "\x0e", "\x0b", "\x1b"),
  pick("\u202e", "\u2066", "\u2069", "\u200e", "\u061c", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u2028", "\u2029", "\u180e", "\ufff9"),
  pick("\u0301", "\u1160", "\u3164", "\u115f", "\ufe0f", "\u20e3", "\u{e0041}", "\u{1f3fd}", "\u0e33", "\u1100\u1161\u11a8", "\u0600"),
  pick("日本", "한", "👩‍💻", "🇩", "🇪", "e\u0301", "ｱﾞ", "…", "error", "x=1 ", '{"a":', "plain text ", "a"),
); // biome-ignore format: a kind a line

/** A log line of an enemy as bytes: halves of sequences and of characters, controls, what hides or turns text around. */
export const hostileBytes = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces));
