import { Box } from "ink";
import { closeOverlay } from "../actions/overlays.ts";
import { fit } from "../format/fit.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Lines } from "./lines.tsx";
import { useTheme } from "./use-theme.ts";

const leaves = ["esc", "ctrl+c"];

type Props = { title: string; giveUp(): void; columns: number; rows: number };

/** Stands where a question will, while the engine is asked for what it needs. */
export function Preparing({ title, giveUp, columns, rows }: Props) {
  const session = useSession();
  const theme = useTheme();
  useScope({
    name: "preparing",
    depth: depths.dialog,
    modal: true,
    // What is typed before the question stands there was not meant for it, nor for what lies below.
    text: () => ({ hints: [["Esc", "leave"]], press: ({ name }) => !leaves.includes(name), paste() {} }),
    bindings: () => [
      {
        id: "give-up",
        keys: leaves,
        label: "leave",
        help: "Wait no longer",
        footer: 1,
        unavailable: () => undefined,
        command: () => undefined,
        run() {
          giveUp();
          closeOverlay(session);
        },
      },
    ],
  });
  const lines = [
    theme.paint("accent", "━".repeat(columns)),
    theme.bold(fit(` ${title}`, columns)),
    fit("   Asking the engine …", columns),
  ];
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Lines lines={lines.slice(Math.max(0, lines.length - rows))} />
    </Box>
  );
}
