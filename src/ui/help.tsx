import type { ViewOverlay } from "../actions/overlays.ts";
import { fit } from "../format/fit.ts";
import { wrapWords } from "../format/wrap.ts";
import { keyLabel } from "../hooks/keys.ts";
import { ScrollView } from "./scroll-view.tsx";
import { useTheme } from "./use-theme.ts";

const keysWidth = 16;

type Props = { overlay: Extract<ViewOverlay, { kind: "help" }>; columns: number; rows: number; y: number };

/** Every key that does something in the place `?` was pressed in. */
export function Help({ overlay, columns, ...room }: Props) {
  const { bindings } = overlay;
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
  return <ScrollView title="Keys here (dimmed: not now)" {...{ overlay, lines, columns, ...room }} />;
}
