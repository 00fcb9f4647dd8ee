import { Box } from "ink";
import { Table } from "ink-table";
import { bind } from "../actions/binding.ts";
import { age } from "../format/age.ts";
import { fit } from "../format/fit.ts";
import { decimalSize } from "../format/size.ts";
import { diskKeys } from "../hooks/disk-keys.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { Lines } from "../ui/lines.tsx";
import { useTheme } from "../ui/use-theme.ts";

/** What fills the disk, in four lines: kinds, how many, how many in use, bytes. */
export function DiskUsage({ columns, rows }: { columns: number; rows: number }) {
  const session = useSession();
  const theme = useTheme();
  const { items, loading, loadedAt, problem } = useStore(session.sources.diskUsage);
  useScope({ name: "disk", depth: depths.list, modal: false, bindings: () => bind(diskKeys, session) });
  const data = items.map(({ kind, count, active, size }) => ({
    Kind: kind,
    Count: String(count),
    "In use": String(active),
    Size: decimalSize(size),
  }));
  const measured = loadedAt === undefined ? "" : `Measured ${age(loadedAt, session.clock.now())} ago.`;
  const state = loading ? "The engine is measuring; on a big disk this takes a while …" : measured;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Lines
        lines={[
          problem ? theme.paint("bad", fit(` ${problem.message}`, columns)) : fit(` ${state}`, columns),
        ]}
      />
      {data.length > 0 && <Table data={data} />}
      <Lines
        lines={[theme.paint("dim", fit(" Container log files are not counted by the engine.", columns))]}
      />
    </Box>
  );
}
