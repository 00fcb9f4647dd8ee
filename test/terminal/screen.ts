import unicode11 from "@xterm/addon-unicode11";
import xterm from "@xterm/headless";

/** One cell as it looks: a colour is "default", a number of the palette, or #rrggbb. */
export type CellLook = {
  text: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  foreground: "default" | number | string;
  background: "default" | number | string;
};

/** A terminal emulator without a window, which knows when its screen shows something. */
export type Screen = ReturnType<typeof openScreen>;

/** Opens an empty screen; `answer` gets what the emulator replies to queries of the program. */
export function openScreen(columns: number, rows: number, answer: (data: string) => void) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 10_000 });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  terminal.onData(answer);
  const cursorVisible = watchCursor(terminal);
  const onPaint = new Set<() => void>();
  let finished = false;
  const painted = () => {
    for (const listener of [...onPaint]) listener();
  };

  const row = (y: number) =>
    terminal.buffer.active
      .getLine(terminal.buffer.active.baseY + y)
      ?.translateToString(true, 0, terminal.cols) ?? "";
  const text = () => Array.from({ length: terminal.rows }, (_, y) => row(y).trimEnd()).join("\n");

  const until = (holds: () => boolean, goal: string, timeoutMs: number) => {
    const caller = new Error();
    return new Promise<void>((resolve, reject) => {
      const finish = (failure?: string) => {
        clearTimeout(timer);
        onPaint.delete(check);
        if (failure === undefined) return resolve();
        caller.message = `expected ${goal}, but ${failure}; the screen is:\n${framed(text(), terminal.cols)}`;
        reject(caller);
      };
      const check = () => {
        if (holds()) finish();
        else if (finished) finish("the program has ended");
      };
      const timer = setTimeout(() => finish(`not within ${timeoutMs} ms`), timeoutMs);
      onPaint.add(check);
      check();
    });
  };

  const settles = (quietMs = 100) =>
    new Promise<void>((resolve) => {
      const done = () => {
        onPaint.delete(again);
        resolve();
      };
      let timer = setTimeout(done, quietMs);
      const again = () => {
        clearTimeout(timer);
        timer = setTimeout(done, quietMs);
      };
      onPaint.add(again);
    });

  return {
    /** Paints in its own time, and says when these bytes are on the screen. */
    write: (data: Uint8Array, done = () => {}) =>
      terminal.write(data, () => {
        painted();
        done();
      }),
    /** Resolves when all that was written is painted; after it nothing more is expected. */
    finish: () =>
      new Promise<void>((resolve) => {
        terminal.write("", () => {
          finished = true;
          painted();
          resolve();
        });
      }),
    resize: (width: number, height: number) => terminal.resize(width, height),
    row,
    text,
    until,
    settles,
    cell: (x: number, y: number) => lookOf(terminal, x, y),
    modes: () => ({
      alternateScreen: terminal.buffer.active.type === "alternate",
      cursorVisible: cursorVisible(),
      autowrap: terminal.modes.wraparoundMode,
      bracketedPaste: terminal.modes.bracketedPasteMode,
      mouse: terminal.modes.mouseTrackingMode !== "none",
    }),
  };
}

/** The emulator does not tell whether the cursor shows, so its mode is read on the way in. */
function watchCursor(terminal: xterm.Terminal): () => boolean {
  let visible = true;
  const on = (value: boolean) => (params: (number | number[])[]) => {
    if (params.includes(25)) visible = value;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: "?", final: "h" }, on(true));
  terminal.parser.registerCsiHandler({ prefix: "?", final: "l" }, on(false));
  terminal.parser.registerEscHandler({ final: "c" }, () => on(true)([25]));
  return () => visible;
}

function lookOf(terminal: xterm.Terminal, x: number, y: number): CellLook {
  const buffer = terminal.buffer.active;
  const cell = buffer.getLine(buffer.baseY + y)?.getCell(x);
  if (!cell) throw new Error(`no cell at ${x}, ${y}: the terminal has ${terminal.cols}×${terminal.rows}`);
  return {
    text: cell.getChars(),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    foreground: cell.isFgDefault() ? "default" : colour(cell.getFgColor(), cell.isFgRGB()),
    background: cell.isBgDefault() ? "default" : colour(cell.getBgColor(), cell.isBgRGB()),
  };
}

function colour(value: number, rgb: boolean): number | string {
  return rgb ? `#${value.toString(16).padStart(6, "0")}` : value;
}

function framed(text: string, columns: number): string {
  const edge = `+${"-".repeat(columns)}+`;
  return [edge, ...text.split("\n").map((line) => `|${line}`), edge].join("\n");
}
