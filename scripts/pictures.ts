import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { CellLook } from "../test/terminal/screen.ts";
import { openTerminal, type Terminal } from "../test/terminal/terminal.ts";

/** How large the pictured terminal is, and a cell of it in pixels. */
const columns = 128;
const rows = 22;
const cell = { width: 8.4, height: 18 };

/** The sixteen colours of a terminal, as most show them on a dark ground. */
const palette = [
  ...["#1e222a", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4"],
  ...["#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff"],
];
const paper = "#1e222a";
const ink = "#c8ccd4";

/** Neighbouring cells that look alike. */
type Run = { x: number; cells: number; text: string; look: CellLook };

/** The screen of a terminal as an SVG text that scales, every run of cells held to its columns. */
function toSvg(terminal: Terminal, title: string): string {
  const lines = Array.from({ length: rows }, (_, y) =>
    runsOf(terminal, y)
      .map((run) => runSvg(run, y))
      .join(""),
  );
  const [width, height] = [columns * cell.width + 20, rows * cell.height + 20];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>`,
    `<g transform="translate(10 10)" font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace"`,
    ` font-size="14" fill="${ink}" xml:space="preserve">`,
    ...lines.filter((line) => line !== ""),
    "</g></svg>",
    "",
  ].join("\n");
}

function runsOf(terminal: Terminal, y: number): Run[] {
  const runs: Run[] = [];
  for (let x = 0; x < columns; x++) {
    const look = terminal.cell(x, y);
    const last = runs.at(-1);
    const text = look.text === "" ? " " : look.text;
    if (last && styleOf(last.look) === styleOf(look)) {
      last.text += text;
      last.cells += 1;
    } else runs.push({ x, cells: 1, text, look });
  }
  return runs;
}

function styleOf({ text: _, ...style }: CellLook): string {
  return JSON.stringify(style);
}

function runSvg({ x, cells, text, look }: Run, y: number): string {
  const left = round(x * cell.width);
  const fill = colourOf(look.foreground, ink);
  const box = `<rect x="${left}" y="${y * cell.height}" width="${round(cells * cell.width)}" height="${cell.height}" fill="${fill}"/>`;
  const before = look.inverse ? box : "";
  if (text.trim() === "") return before;
  const from = text.length - text.trimStart().length;
  const shown = text.trim();
  const place = `x="${round((x + from) * cell.width)}" y="${y * cell.height + 13.5}" textLength="${round(shown.length * cell.width)}"`;
  const style = [
    look.inverse ? ` fill="${paper}"` : fill === ink ? "" : ` fill="${fill}"`,
    look.bold ? ' font-weight="bold"' : "",
    look.underline ? ' text-decoration="underline"' : "",
    look.dim ? ' opacity="0.6"' : "",
  ];
  return `${before}<text ${place}${style.join("")}>${escaped(shown)}</text>`;
}

function colourOf(colour: CellLook["foreground"], otherwise: string): string {
  if (typeof colour === "string") return colour === "default" ? otherwise : colour;
  return palette[colour] ?? otherwise;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** So long the graphs grow before they are painted, in ms. */
const historyMs = 75_000;
const runLine =
  "docker run -d --name cache-2 -p 127.0.0.1:6380:6379 -v cache:/data --memory 256m --restart unless-stopped redis:7-alpine redis-server --appendonly yes";

/** Paints docs/*.svg from the real program on the demo engine; run npm run build first. */
async function main(): Promise<void> {
  const terminal = openTerminal(process.execPath, ["bin/dockui.js", "--demo"], { columns, rows });
  try {
    await terminal.sees(/\d%[\s\S]*\d%/);
    terminal.press("/shop");
    await terminal.sees("/ shop");
    terminal.press("\r j");
    await terminal.sees("1 marked");
    await terminal.sees(/shop-api.*\d%.*\d%/);
    await terminal.settles(150);
    writeFileSync(
      "docs/containers.svg",
      toSvg(terminal, "The containers of a Docker engine as dockui lists them"),
    );
    terminal.press("l");
    await terminal.sees("following");
    terminal.press("/cart\r");
    await terminal.sees("/cart");
    await terminal.settles(80);
    writeFileSync(
      "docs/logs.svg",
      toSvg(terminal, "The log of a container with the matches of a search marked"),
    );
    terminal.press("\u001b");
    await terminal.seesNot("/cart");
    terminal.press("\u001b");
    await terminal.sees("NAME↑");
    terminal.press("kt");
    await terminal.sees("Statistics of");
    await sleep(historyMs);
    await terminal.settles(20);
    writeFileSync("docs/statistics.svg", toSvg(terminal, "The statistics of a container as graphs"));
    terminal.press("\u001b");
    await terminal.sees("NAME↑");
    terminal.press("+");
    await terminal.sees("Image or docker run line");
    terminal.press(runLine);
    await terminal.settles(80);
    terminal.press("\r");
    await terminal.sees("a pasted docker run line fills it in");
    await terminal.settles(80);
    writeFileSync(
      "docs/run.svg",
      toSvg(terminal, "The form for a new container, filled by a docker run line"),
    );
    console.log(terminal.screen());
  } finally {
    await terminal.close();
  }
}

if (import.meta.main) await main();
