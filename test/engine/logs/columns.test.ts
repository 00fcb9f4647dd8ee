import { afterEach, expect, test } from "vitest";
import { unix } from "../../../src/docker/endpoint.ts";
import { askFields, createLogColumns } from "../../../src/hooks/log/columns.ts";
import { textsOf } from "../../../src/hooks/log/take/picked.ts";
import { createLogView, type LogView } from "../../../src/hooks/log/view.ts";
import { paintHeading } from "../../../src/ui/log-line.ts";
import { paintLog } from "../../../src/ui/paint-log.ts";
import { createTheme } from "../../../src/ui/theme.ts";
import { openDesk, removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeFeeds, dockerLogs, lastOf, openFeed } from "./reading.ts";

afterEach(closeFeeds);

const theme = createTheme({ colour: false, styles: false });

/** A program that writes JSON, another one that writes logfmt, and what neither of them is. */
const script = `
for i in $(seq 40); do
  echo '{"time":1795226348,"level":"info","msg":"done '$i'","status":200,"path":"/orders/'$i'","took":'$i'.5}'
  echo 'level=warn msg="slow answer '$i'" status=504 path=/漢字/'$i' user=u'$i
  echo "plain $i"
done
printf '{"level":"error","msg":"\\\\u001b[2Jgone","path":"\\\\u001b]0;x\\\\u0007\\\\n/evil","status":null}\\n'
echo end`;

/** The log of a container that has ended, as it is painted. */
async function openView(): Promise<{
  view: LogView;
  rows(size: { columns: number; rows: number }): string[];
}> {
  await runContainer(sharedEngine(), "web", { command: ["sh", "-c", script] });
  const feed = await openFeed("web");
  await until(feed, ({ status }) => status === "ended" && lastOf(feed) === "end");
  const view = createLogView(feed);
  const fields = createLogColumns(view);
  return {
    view,
    rows(size) {
      view.grid = fields.grid(size);
      const heading = paintHeading(view, { ...size, theme });
      const rows = size.rows - heading.length;
      return [...heading, ...paintLog(view, { ...size, rows, theme, now: Date.now() })];
    },
  };
}

const choice = { fields: ["status", "path", "took"], message: true };

describeEngine("a log of JSON and logfmt lines", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("is painted in columns, each as wide as its widest value", async () => {
    const { view, rows } = await openView();
    view.update((state) => ({ ...state, columns: choice, times: "utc" }));
    const painted = rows({ columns: 120, rows: 6 }).map((row) => row.slice(25));
    expect(painted).toEqual([
      "time         level  status  path          took  message",
      "01:59:08.000 INFO      200  /orders/40    40.5  done 40",
      "             WARN      504  /漢字/40            slow answer 40",
      "plain 40",
      "             ERROR    null  ␛]0;x␇␊/evil        ␛[2Jgone",
      "end",
    ]);
    view.update((state) => ({ ...state, columns: { ...choice, message: false }, times: "off" }));
    expect(rows({ columns: 80, rows: 6 })[2]).toBe("              WARN      504  /漢字/40");
  });

  test("is copied as it was written", async () => {
    const { view } = await openView();
    view.update((state) => ({ ...state, columns: choice }));
    const { buffer } = view.feed;
    expect(textsOf(view, { anchor: buffer.first(), head: buffer.end() - 1 })).toEqual(
      await dockerLogs("web"),
    );
  });

  test("tells its fields, those of most lines first", async () => {
    const { view } = await openView();
    const { session } = openDesk(unix(sharedEngine().socketPath));
    askFields({ view, session });
    const top = session.overlays.get().at(-1);
    const fields = top?.kind === "question" ? top.question.fields.slice(2) : [];
    expect(fields).toMatchObject([
      { label: "path", hint: "in 81 of 81, such as ␛]0;x␇␊/evil" },
      { label: "status", hint: "in 81 of 81, such as 504" },
      { label: "user", hint: "in 40 of 81, such as u40" },
      { label: "took", hint: "in 40 of 81, such as 40.5" },
    ]);
  });
});
