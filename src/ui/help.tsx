import type { Bound } from "../actions/binding.ts";
import { fit } from "../format/fit.ts";
import { keyLabel } from "../hooks/keys.ts";
import { ScrollView } from "./scroll-view.tsx";
import { useTheme } from "./use-theme.ts";

/** Every key that does something in the place `?` was pressed in. */
export function Help({
  bindings,
  columns,
  rows,
}: {
  bindings: readonly Bound[];
  columns: number;
  rows: number;
}) {
  const theme = useTheme();
  const lines = bindings
    .filter(({ keys }) => keys.length > 0)
    .map((binding) => {
      const keys = fit(binding.keys.map(keyLabel).join(" "), 18);
      const reason = binding.unavailable();
      const text = ` ${theme.bold(keys)} ${binding.help}`;
      return reason === undefined ? text : theme.paint("dim", ` ${keys} ${binding.help}`);
    });
  return <ScrollView title="Keys here (dimmed: not now)" lines={lines} columns={columns} rows={rows} />;
}
