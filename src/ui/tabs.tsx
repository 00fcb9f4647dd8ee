import { Box, Text } from "ink";
import { fit } from "../format/fit.ts";
import { width } from "../format/width.ts";
import type { AnyList } from "../hooks/list/list.ts";
import { useFrame } from "../hooks/use-frame.ts";
import { useStore } from "../hooks/use-store.ts";
import { Input } from "./input.tsx";
import { useTheme } from "./use-theme.ts";

type TabsProps = { columns: number; titles: readonly string[]; selected: number; list: AnyList | undefined };

/** The second line: the screens, and on the right what the list is narrowed to. */
export function Tabs({ columns, titles, selected, list }: TabsProps) {
  const theme = useTheme();
  const full = titles.map((title, index) => ` ${index + 1} ${title} `);
  const short = titles.map(
    (title, index) => ` ${index + 1} ${index === selected ? title : title.slice(0, 3)} `,
  );
  const tiny = titles.map((title, index) => ` ${index + 1} ${index === selected ? `${title} ` : ""}`);
  const labels = [full, short].find((each) => width(each.join("")) + 24 <= columns) ?? tiny;
  const used = Math.min(columns, width(labels.join("")));
  const text = labels.map((label, index) =>
    index === selected ? theme.inverse(label) : theme.paint("dim", label),
  );
  return (
    <Box width={columns} height={1} flexShrink={0} overflow="hidden">
      <Box width={used} flexShrink={0}>
        <Text wrap="truncate">{text.join("")}</Text>
      </Box>
      {list && <Filter list={list} x={used} columns={columns - used} />}
    </Box>
  );
}

function Filter({ list, x, columns }: { list: AnyList; x: number; columns: number }) {
  const theme = useTheme();
  const { finding, query } = useStore(list);
  const [counts = ""] = useFrame([list, list.source], () => [countText(list)]);
  const room = columns - width(counts) - 4;
  if (finding && room > 4)
    return (
      <Box width={columns} flexShrink={0}>
        <Text>{" / "}</Text>
        <Input line={query} x={x + 3} y={1} columns={room} />
        <Text>{` ${counts}`}</Text>
      </Box>
    );
  const text = query.text === "" ? "" : `/ ${query.text}  `;
  const right = `${text}${counts} `;
  const shown = width(right) <= columns ? fit(right, columns, { align: "right" }) : fit(right, columns);
  return (
    <Text wrap="truncate">
      {query.text === "" ? theme.paint("dim", shown) : theme.paint("accent", shown)}
    </Text>
  );
}

function countText(list: AnyList): string {
  const { query, marks, hidesQuiet } = list.get();
  const shown = list.shown();
  const all = list.source.get().items.length;
  const marked = marks.size === 0 ? 0 : shown.filter(({ id }) => marks.has(id)).length;
  const narrowed = query.text !== "" || hidesQuiet;
  return `${marked > 0 ? `${marked} marked  ` : ""}${narrowed ? `${shown.length}/${all}` : `${all}`}`;
}
