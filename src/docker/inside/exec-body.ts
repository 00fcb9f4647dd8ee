import type { Gate } from "../gate.ts";
import { number, record, text } from "../raw.ts";

/** A program to start in a running container; what is left out is as the container has it. `env` holds `KEY=value`. */
export type ProgramOptions = {
  command: readonly string[];
  user?: string;
  workdir?: string;
  env?: readonly string[];
  privileged?: boolean;
};

/** The request that creates an exec for that program, both outputs attached. */
export function execBody({ command, user, workdir, env, privileged }: ProgramOptions) {
  return {
    Cmd: [...command],
    AttachStdout: true,
    AttachStderr: true,
    ...(user ? { User: user } : {}),
    ...(workdir ? { WorkingDir: workdir } : {}),
    ...(env && env.length > 0 ? { Env: [...env] } : {}),
    ...(privileged ? { Privileged: true } : {}),
  };
}

/** Creates an exec; resolves with its id. */
export async function createExec(
  gate: Gate,
  id: string,
  body: object,
  signal?: AbortSignal,
): Promise<string> {
  return text(record(await gate.call("POST", `/containers/${id}/exec`, {}, signal, body)).Id);
}

/** How an exec stands: its exit code, undefined while it runs, and its process on the host, 0 if it never started. */
export async function execEnd(
  gate: Gate,
  execId: string,
  signal?: AbortSignal,
): Promise<{ code: number | undefined; pid: number }> {
  const raw = record(await gate.call("GET", `/exec/${execId}/json`, {}, signal));
  return { code: raw.Running === true ? undefined : number(raw.ExitCode), pid: number(raw.Pid) };
}
