import { readFileSync, writeFileSync } from "node:fs";
import { appKeys } from "../src/actions/app-keys.ts";
import type { CleanUpPlan } from "../src/actions/clean-up/open.ts";
import { containerActions } from "../src/actions/containers/containers.ts";
import type { Folder } from "../src/actions/containers/files/files.ts";
import type { Session } from "../src/actions/session.ts";
import type { Container } from "../src/docker/containers.ts";
import type { Source } from "../src/docker/source.ts";
import { diskKeys, planKeys } from "../src/hooks/clean-up/keys.ts";
import { runKeys } from "../src/hooks/clean-up/run-keys.ts";
import { filesKeys } from "../src/hooks/files/keys.ts";
import { fileKeys } from "../src/hooks/files/view-keys.ts";
import { dialogKeys } from "../src/hooks/form/dialog-keys.ts";
import { journalKeys } from "../src/hooks/journal/keys.ts";
import { keyLabel } from "../src/hooks/keys.ts";
import { listKeys } from "../src/hooks/list/keys.ts";
import { logKeys } from "../src/hooks/log/keys.ts";
import { pickKeys } from "../src/hooks/log/take/pick-keys.ts";
import { logFilesKeys } from "../src/hooks/log-files-keys.ts";
import { scrollKeys } from "../src/hooks/page/keys.ts";
import { processKeys } from "../src/hooks/processes/keys.ts";
import { statsKeys } from "../src/hooks/stats/keys.ts";
import { changesKeys } from "../src/hooks/tree/changes-keys.ts";
import { treeKeys } from "../src/hooks/tree/keys.ts";
import { welcomeKeys } from "../src/hooks/welcome-keys.ts";
import { planScreen } from "../src/screens/clean-up/plan-screen.ts";
import { diskScreen } from "../src/screens/disk/disk-screen.ts";
import { logFilesScreen } from "../src/screens/disk/log-files.ts";
import { folderActions } from "../src/screens/files/files-screen.ts";
import { journalScreen } from "../src/screens/journal.ts";
import { processesScreen } from "../src/screens/processes.ts";

/** What a table needs of a binding or an action. */
export type KeyRow = { id: string; keys: readonly string[]; label: string; help: string };

/** The actions of the clean-up plan; they are declared without a session being there. */
const planActions = planScreen({} as CleanUpPlan).actions;

/** What can be done in a folder; it is declared without one being there. */
const inFolder = folderActions({ container: {} } as Folder);

/** What can be done to processes; it is declared without a container being there. */
const onProcesses = processesScreen({} as Container, {} as Source<never>).actions;

/** What can be done to log files; it is declared without any being there. */
const onLogFiles = logFilesScreen({} as Source<never>).actions;

/** What can be done in the journal; it is declared without a session being there. */
const inJournal = journalScreen({} as Session, {} as Source<never>).actions;

/** Every place of dockui that hears keys, by the name of its table in the README. */
export const keyTables: Readonly<Record<string, readonly KeyRow[]>> = {
  everywhere: appKeys,
  lists: listKeys,
  containers: containerActions,
  logs: logKeys,
  "log-selection": pickKeys,
  stats: statsKeys,
  processes: [...onProcesses, ...processKeys],
  files: [...inFolder, ...filesKeys],
  file: fileKeys,
  "log-files": [...onLogFiles, ...logFilesKeys],
  "clean-up": [...planActions, ...planKeys],
  "clean-up-run": runKeys,
  journal: [...inJournal, ...journalKeys],
  dialogs: dialogKeys,
  text: scrollKeys,
  tree: treeKeys,
  changes: changesKeys,
  disk: [...diskScreen.actions, ...diskKeys],
  welcome: welcomeKeys,
};

const marked = /<!-- keys:([a-z-]+) -->[\s\S]*?<!-- \/keys -->/g;

/** A text with the table between each pair of markers written anew. Throws for a table that does not exist. */
export function withKeyTables(text: string): string {
  return text.replace(marked, (_, name: string) => {
    const rows = keyTables[name];
    if (!rows) throw new Error(`There is no key table named ${name}: ${Object.keys(keyTables).join(", ")}.`);
    return [`<!-- keys:${name} -->`, tableOf(rows), "<!-- /keys -->"].join("\n");
  });
}

function tableOf(rows: readonly KeyRow[]): string {
  const lines = rows.map((row) => `| ${keysCell(row)} | ${row.help.replaceAll("|", "\\|")} |`);
  return ["| key | what it does |", "| --- | --- |", ...lines].join("\n");
}

/** What has no key of its own is found in the palette, by its name. */
function keysCell({ keys, label }: KeyRow): string {
  return keys.length > 0 ? keys.map(keyCell).join(" ") : `\`:\` ${label}`;
}

function keyCell(name: string): string {
  return `\`${keyLabel(name).replace("|", "\\|")}\``;
}

/** Writes the README, or with `--check` only says whether it would. */
function main(): void {
  const before = readFileSync("README.md", "utf8");
  const after = withKeyTables(before);
  if (before === after) return;
  if (process.argv.includes("--check")) {
    console.error("The key tables in README.md are not those of the code: run npm run fix");
    process.exitCode = 1;
  } else writeFileSync("README.md", after);
}

if (import.meta.main) main();
