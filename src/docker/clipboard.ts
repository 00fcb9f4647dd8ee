import { spawn } from "node:child_process";

/**
 * How far a copied text is known to have come: into tmux's own buffer, or only as far as the terminal, which may keep it
 * out of its clipboard; `look` says what to look at then.
 */
export type Copied = { kind: "tmux" } | { kind: "sent"; look: string };

type Owner = { env: Readonly<Record<string, string | undefined>>; stdout: { write(text: string): unknown } };

/**
 * Puts text into the clipboard of the person's terminal, which works over SSH too. A terminal never answers to that
 * (OSC 52), and tmux drops it unless told otherwise: tmux is told by its own command, which also sends it on.
 */
export async function copyText({ env, stdout }: Owner, text: string): Promise<Copied> {
  if (env.TMUX && (await loadBuffer(text, env))) return { kind: "tmux" };
  stdout.write(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`);
  return { kind: "sent", look: whatToLookAt(env) };
}

function whatToLookAt({ TMUX, STY }: Owner["env"]): string {
  if (TMUX) return "tmux drops it unless its option set-clipboard is on.";
  return STY ? "GNU screen drops it." : "Nothing there? Allow OSC 52 in its settings.";
}

/** Whether tmux took it: before 3.2 it knows no `-w`. */
function loadBuffer(text: string, env: Owner["env"]): Promise<boolean> {
  return new Promise((resolve) => {
    const tmux = spawn("tmux", ["load-buffer", "-w", "-"], { env, stdio: ["pipe", "ignore", "ignore"] });
    tmux.on("error", () => resolve(false));
    tmux.on("close", (code) => resolve(code === 0));
    tmux.stdin.on("error", () => {}); // it ended before it read all, and its code says so
    tmux.stdin.end(text);
  });
}
