import { useMemo } from "react";
import { bind } from "../../actions/binding.ts";
import { surveyText } from "../../actions/clean-up/words.ts";
import { rootText } from "../../actions/disk/root-text.ts";
import type { Session } from "../../actions/session.ts";
import { fit } from "../../format/fit.ts";
import { wrapWhole } from "../../format/wrap.ts";
import { diskKeys } from "../../hooks/clean-up/keys.ts";
import type { AnyList } from "../../hooks/list/list.ts";
import { ageBeat } from "../../hooks/shown-now.ts";
import { useFrame } from "../../hooks/use-frame.ts";
import { depths, useScope } from "../../hooks/use-scope.ts";
import { Lines } from "../../ui/lines.tsx";
import { ListView } from "../../ui/list-view.tsx";
import { useTheme } from "../../ui/use-theme.ts";

/** With fewer rows nothing is wrapped or left blank above the kinds. */
const roomy = 12;

/** The disk screen: where the engine's data is and how full its disk is, and what fills it. */
export function DiskView({ list, columns, rows }: { list: AnyList; columns: number; rows: number }) {
  const { session } = list;
  const theme = useTheme();
  const ages = useMemo(() => ageBeat(session), [session]);
  useScope({
    name: "disk-view",
    depth: depths.list,
    modal: false,
    bindings: () => bind(diskKeys, { list, session }),
  });
  const lines = useFrame([session.survey, ages], () => {
    const state = session.survey.get();
    const tone = state.problem ? "bad" : "dim";
    const head = headText(session);
    const heads = rows < roomy ? [head] : wrapWhole(head, columns - 2).slice(0, 3);
    return [
      ...heads.map((line) => fit(` ${line}`, columns)),
      theme.paint(tone, fit(` ${surveyText(state, session.clock.now())}`, columns)),
      ...(rows < roomy ? [] : [""]),
    ];
  });
  return (
    <>
      <Lines lines={lines} />
      <ListView list={list} columns={columns} rows={rows - lines.length} depth={depths.list} />
    </>
  );
}

function headText({ survey }: Session): string {
  const root = survey.get().figures?.root;
  return root ? rootText(root) : "What fills the disk of this engine";
}
