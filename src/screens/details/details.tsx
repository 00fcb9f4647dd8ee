import { useMemo } from "react";
import { aimAt } from "../../actions/aim.ts";
import type { Bound } from "../../actions/binding.ts";
import { fit } from "../../format/fit.ts";
import { wrapWhole } from "../../format/wrap.ts";
import { actionBindings } from "../../hooks/action-bindings.ts";
import { useAnswer } from "../../hooks/use-answer.ts";
import { useSecrets } from "../../hooks/use-secrets.ts";
import { useSession } from "../../hooks/use-session.ts";
import { ScrollView } from "../../ui/scroll-view.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import { containersScreen } from "../containers.ts";
import type { ViewProps } from "../views.tsx";
import { detailLines } from "./lines.ts";

const headingWidth = 13;

/** One container on one page; the keys of the list act on it from here. */
export function Details({ overlay, ...room }: ViewProps<"details">) {
  const { container } = overlay;
  const session = useSession();
  const theme = useTheme();
  const { revealed, secrets } = useSecrets(overlay);
  const { answer, problem } = useAnswer(container.id, (signal) => session.engine.facts(container.id, signal));
  const now = session.clock.now();
  const lines = useMemo(() => {
    if (!answer) return [` ${problem?.message ?? "Asking the engine …"}`];
    const stale = problem ? [theme.paint("bad", ` ✗ ${problem.message} What follows was known last.`)] : [];
    const shown = detailLines(answer, { now, revealed }).flatMap(({ heading, text, tone = "plain" }) =>
      wrapWhole(text, room.columns - headingWidth - 2).map((row, index) => {
        const lead = theme.paint("accent", fit(index === 0 ? heading : "", headingWidth));
        return ` ${lead} ${theme.paint(tone, row)}`;
      }),
    );
    return [...stale, ...shown];
  }, [answer, problem, now, revealed, room.columns, theme]);
  const bindings = (): Bound[] => [
    ...secrets(),
    ...actionBindings(aimAt(session, containersScreen, container)).filter(({ id }) => id !== "details"),
  ];
  return <ScrollView title={`Details of ${container.name}`} {...{ overlay, lines, bindings, ...room }} />;
}
