import fc from "fast-check";

const pieces = [
  ..."\x1b\x1b\x1b[[]]();:?0123456789mmKHJPX^_\\ab \t\r\n\b\x07\x00\x0e\x7f\x84\x85\x90\x9b\x9c\x9d",
  ..."\u200b\u200d\u202e\u2066\u2028\ufeff\ufe0f\u0301\u1160日한é…👩💻🇩🇪",
  ...[
    "\ud83d",
    "\ude00",
    "\x1b[31m",
    "\x1b[1;38;5;8m",
    "\x1b[8m",
    "\x1b[0m",
    "\x1b]8;;http://x\x1b\\",
    "\x1b]0;",
  ],
  ...["\x1b\\", "\x1b[2J", "\x1b(B", "text", "e\u0301", "\x1b[38:2::1:2:3m"],
];

/** Text as an enemy would send it: controls, halves of sequences, odd Unicode. */
export const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
);

const words = ["a", "Z", "-", " ", "é", "ü", "日", "本", "한", "ｱ", "…", "━", "😀", "🇩🇪", "e\u0301", "👍🏽"];

/** What is left of text after cleaning: wide and narrow characters, combining marks. */
export const clean = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(""));

const styles = ["\x1b[31m", "\x1b[1m", "\x1b[0m", "\x1b[m", "\x1b[7m", "\x1b[38;5;200m", "\x1b[39m"];

/** Clean text with styles between the words, as `logText` lets through. */
export const styled = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(...styles)), { maxLength: 60 })
  .map((parts) => parts.join(""));
