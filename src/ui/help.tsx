import type { Bound } from "../actions/binding.ts";
import { fit } from "../format/fit.ts";
import { wrapWords } from "../format/wrap.ts";
import { keyLabel } from "../hooks/keys.ts";
import { ScrollView } from "./scroll-view.tsx";
import { useTheme } from "./use-theme.ts";

const keysWidth = 16;

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
    .flatMap((binding) => {
      const applies = binding.unavailable() === undefined;
      return wrapWords(binding.help, columns - keysWidth - 2).map((text, row) => {
        const keys = fit(row === 0 ? binding.keys.map(keyLabel).join(" ") : "", keysWidth);
        return applies ? ` ${theme.bold(keys)} ${text}` : theme.paint("dim", ` ${keys} ${text}`);
      });
    });
  return <ScrollView title="Keys here (dimmed: not now)" lines={lines} columns={columns} rows={rows} />;
}
