import { render } from "ink-testing-library";
import { expect, test } from "vitest";
import { Lines } from "../../src/ui/lines.tsx";
import { Tabs } from "../../src/ui/tabs.tsx";
import { createTheme } from "../../src/ui/theme.ts";
import { ThemeContext } from "../../src/ui/use-theme.ts";

const theme = createTheme({ colour: false, styles: false });
const titles = ["Containers", "Images", "Networks", "Volumes", "Disk"];

/** The last frame of a component, which ink-testing-library writes as soon as it is rendered. */
function frameOf(element: React.JSX.Element): string {
  const { lastFrame, unmount } = render(<ThemeContext value={theme}>{element}</ThemeContext>);
  const frame = lastFrame() ?? "";
  unmount();
  return frame;
}

test("lines are painted one below the other, and an empty one takes a row", () => {
  expect(frameOf(<Lines lines={["one", "", "three"]} />).split("\n")).toEqual(["one", "", "three"]);
});

test("the tabs shorten their titles as the terminal gets narrower, the chosen one last", () => {
  const at = (columns: number) =>
    frameOf(<Tabs columns={columns} titles={titles} selected={1} list={undefined} />).trimEnd();
  expect(at(100)).toBe(" 1 Containers  2 Images  3 Networks  4 Volumes  5 Disk");
  expect(at(70)).toBe(" 1 Con  2 Images  3 Net  4 Vol  5 Dis");
  expect(at(40)).toBe(" 1  2 Images  3  4  5");
});
