/** A word as sh would hand it over; `shell` are the parts of it that only the shell knows, `raw` is how it was written. */
export type Word = { text: string; shell: readonly string[]; raw: string };

/** A command of a text: its words up to an end of line or an operator, which comes with it. */
export type Command = { words: readonly Word[]; operator?: string };

/** The commands of a text, what is wrong with the text itself, and whether a quote in it is never closed. */
export type Script = { commands: readonly Command[]; problems: readonly string[]; isOpen: boolean };

/** An open word: `bare` is the text with a NUL for all that was quoted, so that only unquoted signs are seen. */
type Open = { text: string; bare: string; shell: string[]; from: number };

type State = {
  source: string;
  /** Where in it what is read now begins. */
  at: number;
  commands: Command[];
  problems: string[];
  words: Word[];
  word: Open | undefined;
  isOpen: boolean;
  /** Each line has two ends, as lines of Windows that came through a terminal. */
  isDoubled: boolean;
};

type Rule = readonly [
  pattern: RegExp,
  act: (state: State, match: RegExpExecArray) => void,
  when?: (state: State) => boolean,
];

const expansion = [
  "\\$\\((?:[^()]|\\([^()]*\\))*\\)",
  "\\$\\{[^}]*\\}",
  "\\$[A-Za-z_]\\w*",
  "\\$[0-9@*#?$!-]",
  // The name may stand on the next line.
  "\\$(?:\\\\\\r?\\n)+[\\w@*#?$!({-]",
  "`[^`]*`",
].join("|");

/** Quotes that a web page or a word processor has made nicer: no shell takes them for quotes. */
const typographic = /[“”„«»][^“”„«»\n]*[“”«»]|[‘’‚][^‘’‚\n]*[‘’]|[“”„«»‘’‚]/y;

/** What may stand next, tried in this order; each takes what it matches. */
const rules: readonly Rule[] = [
  [/\\\n\n/y, () => {}, ({ isDoubled }) => isDoubled],
  [/\\\r?\n/y, () => {}],
  [
    /\\[ \t]+\r?\n/y,
    (state) => {
      const line = "A backslash at the end of a line has a space behind it, so sh does not join the lines";
      state.problems.push(`${line}: remove the space`);
      endWord(state);
    },
  ],
  [/\\([^\n])/y, (state, [, char = ""]) => quoted(state, char)],
  [/'([^']*)'/y, (state, [, text = ""]) => quoted(state, text)],
  [/\$'(?:[^'\\]|\\.)*'|\$"/y, (state, [all]) => unknown(state, all)],
  [
    /"((?:[^"\\`$]|\\[\s\S]|`[^`]*`|\$\((?:[^()]|\([^()]*\))*\)|\$(?!\())*)"/y,
    (state, [, text = ""]) => inDouble(state, text),
  ],
  // PowerShell goes on after a backquote, cmd after a ^.
  [/[`^][ \t]*\r?\n/y, (state) => endWord(state)],
  // A comment between backquotes, as people put one behind an argument: it leaves nothing.
  [/`[ \t]*#[^`\n]*`/y, () => {}],
  [new RegExp(expansion, "y"), (state, [all]) => unknown(state, all)],
  [/(["'`])[\s\S]*/y, unclosed],
  [typographic, (state, [all]) => unknown(state, all)],
  [/[\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff]+/y, (state, [all]) => invisible(state, all)],
  [/#[^\n]*/y, () => {}, ({ word }) => word === undefined],
  [/[ \t\r]+/y, (state) => endWord(state)],
  [/\n/y, (state) => endCommand(state)],
  [/\d?>{1,2}&?\d?|<{1,3}|&&|\|\||[;&|()]/y, (state, [all]) => endCommand(state, all)],
  [/[^\s\\'"`$#;&|<>()^“”„«»‘’‚\u200b-\u200d\u2060\ufeff]+|[\s\S]/y, (state, [all]) => plain(state, all)],
];

/** Signs outside of quotes that a shell replaces. */
const replaced: readonly RegExp[] = [/^~[^/:]*/, /\*|\?|\[[^\]]*\]/, /\{[^{}]*(?:,|\.\.)[^{}]*\}/];

/** The commands of a text by the rules of sh; a word that the shell would change says so, nothing is put in its place. */
export function shellWords(text: string): Script {
  const state: State = {
    ...{ source: text, at: 0 },
    ...{ commands: [], problems: [], words: [], word: undefined },
    ...{ isOpen: false, isDoubled: isDoubled(text) },
  };
  let at = 0;
  while (at < text.length) {
    const before = at;
    state.at = at;
    for (const [pattern, act, when] of rules) {
      if (when?.(state) === false) continue;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) continue;
      at = pattern.lastIndex;
      act(state, match);
      break;
    }
    if (at === before) at += 1;
  }
  state.at = at;
  endCommand(state);
  const { commands, problems, isOpen } = state;
  return { commands, problems, isOpen };
}

function isDoubled(text: string): boolean {
  const lines = text.trim();
  return lines.split("\n\n").length > 2 && !/[^\n]\n(?!\n)/.test(lines);
}

function open(state: State): Open {
  state.word ??= { text: "", bare: "", shell: [], from: state.at };
  return state.word;
}

function plain(state: State, text: string): void {
  const word = open(state);
  word.text += text;
  word.bare += text;
}

function quoted(state: State, text: string): void {
  const word = open(state);
  word.text += text;
  word.bare += "\0";
}

function unknown(state: State, text: string): void {
  quoted(state, text);
  open(state).shell.push(text);
}

/** Inside double quotes a backslash stands before $ ` " \ and the end of a line only, and expansions go on. */
function inDouble(state: State, text: string): void {
  quoted(state, "");
  const piece = new RegExp(`\\\\([$\`"\\\\])|\\\\\\n|(${expansion})|([\\s\\S])`, "g");
  for (const [all, escaped, expanded, char] of text.matchAll(piece)) {
    if (expanded !== undefined) unknown(state, expanded);
    else if (all !== "\\\n") quoted(state, escaped ?? char ?? "");
  }
}

/** Signs of a web page that sh takes for letters: a space that is none, or nothing that is something. */
function invisible(state: State, signs: string): void {
  state.problems.push(
    "The line has invisible signs in it, as web pages put them: they are taken for spaces, or for nothing",
  );
  if (/[^\u200b-\u200d\u2060\ufeff]/.test(signs)) endWord(state);
}

function unclosed(state: State, [all, quote]: RegExpExecArray): void {
  state.isOpen = true;
  state.problems.push(`A ${quote} is opened and not closed: nothing behind it can be trusted`);
  quoted(state, all);
}

function endWord(state: State): void {
  const { word } = state;
  if (word === undefined) return;
  const signs = replaced.flatMap((pattern) => pattern.exec(word.bare)?.[0] ?? []);
  state.words.push({
    text: word.text,
    shell: [...word.shell, ...signs.map((sign) => sign.replaceAll("\0", "…"))],
    raw: state.source.slice(word.from, state.at).replace(/\\\r?\n/g, ""),
  });
  state.word = undefined;
}

function endCommand(state: State, operator?: string): void {
  endWord(state);
  if (state.words.length > 0 || operator !== undefined)
    state.commands.push({ words: state.words, ...(operator === undefined ? {} : { operator }) });
  state.words = [];
}
