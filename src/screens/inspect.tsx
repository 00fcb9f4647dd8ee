import { useEffect, useState } from "react";
import type { Container } from "../docker/containers.ts";
import { explain } from "../docker/errors.ts";
import { cleanLine } from "../format/clean.ts";
import { useSession } from "../hooks/use-session.ts";
import { ScrollView } from "../ui/scroll-view.tsx";

type Props = { container: Container; columns: number; rows: number };

/** Everything the engine knows of a container, as JSON. */
export function Inspect({ container, columns, rows }: Props) {
  const { engine } = useSession();
  const [lines, setLines] = useState<readonly string[]>([" Asking the engine …"]);
  useEffect(() => {
    const leaving = new AbortController();
    engine.inspect(container.id, leaving.signal).then(
      (answer) => setLines(JSON.stringify(answer, undefined, 2).split("\n").map(cleanLine)),
      (error: unknown) => {
        if (!leaving.signal.aborted) setLines([` ${explain(error, engine.endpoint).message}`]);
      },
    );
    return () => leaving.abort();
  }, [engine, container.id]);
  return <ScrollView title={`Inspect ${container.name}`} lines={lines} columns={columns} rows={rows} />;
}
