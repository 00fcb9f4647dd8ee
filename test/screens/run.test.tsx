import { describe, expect, test } from "vitest";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

const sizes = [
  [80, 24],
  [160, 45],
] as const;

/** Opens the big form with that image, or filled by that docker run line. */
async function openForm(line: string, options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers(options);
  await robot.press("+");
  await robot.sees("Image or docker run line");
  await robot.paste(line);
  await robot.press("enter");
  await robot.sees("a pasted docker run line fills it in");
  return robot;
}

/** Puts the focus on the line of that label, by Tab. */
async function goToLine(robot: Robot, label: string): Promise<void> {
  const line = () => `${robot.rows().find((row) => row.startsWith(" ▸ ")) ?? ""} `;
  for (let step = 0; step < 70 && !line().startsWith(` ▸ ${label} `); step += 1) {
    const before = line();
    await robot.press("tab");
    await robot.until(() => line() !== before, `another line than ${before}`);
  }
  expect(line()).toContain(label);
}

const send = "\u0013"; // ctrl+s

describe.each(sizes)("at %i×%i", (columns, rows) => {
  const size = { columns, rows };

  test("an image: created, started, and its log followed", async () => {
    const robot = await openForm("nginx:1.27-alpine", size);
    await robot.sees("$ docker run nginx:1.27-alpine");
    await goToLine(robot, "Name");
    await robot.type("front");
    await robot.sees("$ docker run --name front nginx:1.27-alpine");
    await goToLine(robot, "Environment");
    await robot.type("API_TOKEN=hunter2");
    await goToLine(robot, "Ports");
    await robot.type("9080:80");
    await robot.sees("-p 9080:80");
    expect(robot.screen()).not.toContain("hunter2");
    await robot.press(send);
    await robot.sees("Logs front");
    await robot.press("esc");
    await robot.seesRow("front", /● running/);
    await robot.until(() => robot.held().includes(" front "), "the cursor on the new container");
    expect(robot.changes().map((line) => line.replace(/\/[0-9a-f]{64}\//, "/ID/"))).toEqual([
      "POST /containers/create?name=front",
      "POST /containers/ID/start",
    ]);
    const [entry] = robot.session.journal.get();
    expect(entry).toMatchObject({
      outcome: "done",
      command: expect.stringMatching(/^docker run .*--name front/),
    });
    expect(entry?.command).not.toContain("hunter2");
    expect(robot.world.find("front")?.env).toContain("API_TOKEN=hunter2");
  });

  test("a missing image is pulled first, then started and followed", async () => {
    const robot = await openForm("docker run --name cache memcached:1", size);
    await robot.sees("! Not on this engine: it will be pulled first.");
    await robot.press(send);
    await robot.sees("Pulling memcached:1 …");
    await robot.sees("Logs cache");
    expect(robot.changes()[0]).toBe("POST /images/create?fromImage=memcached&tag=1");
    expect(robot.world.find("cache")?.status).toBe("running");
  });

  test("every line that is wrong says so, and the form is not sent", async () => {
    const robot = await openForm("nginx:1.27-alpine", size);
    const nonsense = [
      ["Name", "edge", "✗ edge is the name of"],
      ["Environment", "MODE", "✗ MODE takes its value from the shell"],
      ["Folder", "srv", "✗ srv is not an absolute path."],
      ["Ports", "8080:80", "✗ Port 8080 of the host is published by edge, which is running."],
      ["Network", "nope", "✗ There is no network nope"],
      ["Volumes and binds", "a:b", "✗ a:b has b, which is not an absolute path inside the container."],
      ["Restart", "sometimes", "✗ sometimes is not a restart policy"],
      ["Memory", "12x", "✗ 12x is not a size: 512m, 2g."],
      ["CPUs", "99", "✗ The host has only 8 CPUs."],
      ["Check", "", "curl -f http://localhost/"],
      ["Every", "often", "✗ often is not a duration"],
      ["Other flags", "--frobnicate", "✗ --frobnicate is not a flag that dockui knows."],
    ] as const;
    for (const [label, value, sentence] of nonsense) {
      await goToLine(robot, label);
      await robot.type(value);
      await robot.sees(sentence);
    }
    await robot.press(send);
    await robot.sees(/^ ▸ Name\b/m);
    await robot.sees("✗ edge is the name of");
    expect(robot.changes()).toEqual([]);
  });
});

test("a pasted docker run line fills the form at any time, and what is not supported is named", async () => {
  const robot = await openForm("nginx", { columns: 160, rows: 45 });
  const lines = [
    "docker run -d --name front \\",
    "  -p 9080:80 --cidfile /tmp/x \\",
    "  --sysctl net.core.somaxconn=1024 redis:7-alpine",
  ];
  await robot.paste(lines.join("\r"));
  await robot.sees("Not read: --cidfile writes a file, which dockui does not.");
  await robot.sees("$ docker run -d --name front -p 9080:80 --sysctl net.core.somaxconn=1024 redis:7-alpine");
  await robot.seesRow("Image", /redis:7-alpine/);
  await robot.seesRow("And then", /‹ start it ›/);
  await goToLine(robot, "Other flags");
  await robot.seesRow("Other flags", /--cidfile \/tmp\/x|--sysctl net\.core\.somaxconn=1024/);
  expect(robot.changes()).toEqual([]);
});

test("the first line is checked as it is typed", async () => {
  const robot = await openContainers({ columns: 80, rows: 24 });
  await robot.press("+");
  await robot.type("No Image");
  await robot.sees("✗ Neither the name of an image nor a docker run or docker create line.");
  await robot.press("enter");
  await robot.sees("Image or docker run line");
  await robot.press("\u0015");
  await robot.type("docker run --gpus=two --cidfile x -e A=$HOME nginx");
  await robot.sees("! Not read: --gpus two is not supported here");
  await robot.sees("--cidfile writes a file, which dockui does not.");
  await robot.sees("$HOME is the shell's");
  await robot.press("enter");
  await robot.sees("Not read: --gpus two");
  await robot.sees("$ docker run nginx");
});

test("a pull is stopped with x: nothing was created, and the form is kept", async () => {
  const robot = await openForm("docker run --name model pytorch/pytorch");
  await robot.press(send);
  await robot.sees(/: Pulling fs layer/);
  await robot.press("x");
  await robot.sees("stopped; what was begun may still go on.");
  expect(robot.changes()).toEqual(["POST /images/create?fromImage=pytorch%2Fpytorch&tag=latest"]);
  expect(robot.world.find("model")).toBeUndefined();
  await robot.press("esc", "+");
  await robot.sees("Enter alone goes on with what you filled in before: model, pytorch/pytorch.");
  await robot.press("enter");
  await robot.sees("$ docker run --name model pytorch/pytorch");
});

test("a pull that fails is explained, and the form is kept", async () => {
  const robot = await openForm("acme/none");
  await robot.press(send);
  await robot.sees("The registry gives acme/none to nobody unknown");
  expect(robot.session.journal.get()[0]).toMatchObject({
    outcome: "failed",
    command: "docker run acme/none",
  });
  await robot.press("esc", "+");
  await robot.sees("Enter alone goes on with what you filled in before: acme/none.");
});

test("what was created and does not start is named, and can be removed at once", async () => {
  const robot = await openForm("docker run -d --name odd nginx:1.27-alpine frobnicate");
  await robot.press(send);
  await robot.sees("odd was created, but does not start. Remove it again?");
  await robot.sees("Its image has no program frobnicate.");
  expect(robot.world.find("odd")?.status).toBe("created");
  expect(robot.session.journal.get()[0]?.outcome).toBe("failed");
  await robot.press("y");
  await robot.sees("Removed odd.");
  expect(robot.world.find("odd")).toBeUndefined();
  await robot.press("esc", "+", "enter");
  await robot.sees("$ docker run -d --name odd nginx:1.27-alpine frobnicate");
});

test("with n it stays, and the words say how to go on", async () => {
  const robot = await openForm("docker run -d --name odd nginx:1.27-alpine frobnicate");
  await robot.press(send);
  await robot.sees("Remove it again?");
  await robot.press("n");
  await robot.sees("odd was created and is still there: s starts it again, d removes it.");
  expect(robot.world.find("odd")?.status).toBe("created");
});

test("a port that was taken meanwhile fails the start, not the creation", async () => {
  const robot = await openForm("docker run -d --name late -p 9080:80 nginx:1.27-alpine");
  robot.world.add({ name: "quick", ports: [{ privatePort: 80, publicPort: 9080, type: "tcp" }] });
  await goToLine(robot, "Ports");
  await robot.sees("✗ Port 9080 of the host is published by quick, which is running.");
  robot.world.change("quick", { status: "exited" });
  await robot.seesNot("✗ Port 9080");
  robot.engine.answerNext(
    { method: "POST", path: /\/start$/ },
    { status: 500, message: "Bind for 0.0.0.0:9080 failed: port is already allocated" },
  );
  await robot.press(send);
  await robot.sees("late was created, but does not start. Remove it again?");
  await robot.sees("0.0.0.0:9080 of the host is taken already.");
});

test("Esc keeps what was filled in, and a form that was not touched leaves nothing", async () => {
  const robot = await openForm("nginx");
  await goToLine(robot, "Name");
  await robot.type("draft");
  await robot.press("esc");
  await robot.seesNot("Create a container");
  await robot.press("+");
  await robot.sees("Enter alone goes on with what you filled in before: draft, nginx.");
  await robot.press("enter");
  await robot.sees("$ docker run --name draft nginx");
  await robot.press("esc");
  const untouched = await openContainers();
  await untouched.press("+", "enter");
  await untouched.sees("$ docker run IMAGE");
  await untouched.press("esc");
  await untouched.press("+");
  await untouched.sees("Image or docker run line");
  expect(untouched.screen()).not.toContain("goes on with what you filled in before");
});

test("with a terminal, it is attached to", async () => {
  const robot = await openForm("docker run -it --name box alpine:3.20 sh");
  await robot.seesRow("And then", /‹ start it and attach ›/);
  await robot.press(send);
  await robot.sees("dockui: the main process of box");
  expect(robot.session.task.get()).toMatchObject({ kind: "attach", input: "always" });
});

test("what ends at once ends on its terminal, with its exit code", async () => {
  const robot = await openForm("docker run -it --name brief alpine:3.20 true");
  const { start } = robot.session.engine;
  robot.session.engine.start = async (id, signal) => {
    await start(id, signal);
    robot.world.remove(id);
  };
  await robot.press(send);
  await robot.sees("dockui: brief ended: 0: ended by itself, without an error. Enter comes back");
});

test("what ends at once and is removed then shows its exit code", async () => {
  const robot = await openForm("docker run --rm --name brief alpine:3.20 true");
  const { start } = robot.session.engine;
  robot.session.engine.start = async (id, signal) => {
    await start(id, signal);
    robot.world.remove(id);
  };
  await robot.press(send);
  await robot.sees("ended: exit code 0: ended by itself, without an error. It was removed (--rm)");
});

test("only created, it is not started", async () => {
  const robot = await openForm("docker create --name later nginx:1.27-alpine");
  await robot.seesRow("And then", /‹ only create it ›/);
  await robot.sees("$ docker create --name later nginx:1.27-alpine");
  await robot.press(send);
  await robot.sees("Created later.");
  await robot.seesRow("later", /○ created/);
  expect(robot.changes()).toEqual(["POST /containers/create?name=later"]);
});

test("warnings of the engine are told", async () => {
  const robot = await openForm("docker create --name later nginx:1.27-alpine");
  const { create } = robot.session.engine;
  robot.session.engine.create = async (...asked) => ({
    ...(await create(...asked)),
    warnings: ["No swap here."],
  });
  await robot.press(send);
  await robot.sees("Created later. No swap here.");
});

test("run again fills the form with all that a container was given, under a free name", async () => {
  const robot = await openForm(
    "docker run -d --name front -e API_TOKEN=hunter2 -p 9080:80 -v data:/data:ro nginx:1.27-alpine",
  );
  await robot.press(send);
  await robot.sees("Created and started front.");
  await robot.goTo("front");
  await robot.press(":run again\r");
  await robot.sees("$ docker run -d --name front-2 --network bridge -p 9080:80 -v data:/data:ro");
  expect(robot.screen()).not.toContain("hunter2");
  await goToLine(robot, "Environment");
  await robot.seesRow("Environment", /API_TOKEN=•••••••/);
  await robot.press("home", "x");
  await robot.seesRow("Environment", /xAPI_TOKEN=•••••••/);
  await robot.press("backspace");
  await robot.press("ctrl+x");
  await robot.seesRow("Environment", /API_TOKEN=hunter2/);
  await robot.press("ctrl+x");
  await robot.seesNot("hunter2");
  await goToLine(robot, "Ports");
  await robot.sees("✗ Port 9080 of the host is published by front, which is running.");
  await robot.press("\u0015");
  await robot.type("9081:80");
  await robot.press(send);
  await robot.sees("Created and started front-2.");
  expect(robot.world.find("front-2")).toMatchObject({
    env: expect.arrayContaining(["API_TOKEN=hunter2"]),
    ports: [{ privatePort: 80, publicPort: 9081, type: "tcp" }],
  });
});

test("run again says what no line can say", async () => {
  const robot = await openForm("docker run -d --name front -v /cache nginx:1.27-alpine");
  await robot.press(send);
  await robot.sees("Created and started front.");
  await robot.goTo("front");
  await robot.press(":run again\r");
  await robot.sees("/cache lies in a volume without a name: another container gets a new, empty one.");
});

test("PgDn and PgUp go from section to section", async () => {
  const robot = await openForm("nginx", { columns: 80, rows: 24 });
  await robot.press("pagedown");
  await robot.sees(/^ ▸ Name\b/m);
  await robot.press("pagedown");
  await robot.sees(/^ ▸ Ports\b/m);
  await robot.press("pageup");
  await robot.sees(/^ ▸ Name\b/m);
  await robot.press("pageup", "pageup");
  await robot.sees(/^ ▸ Image\b/m);
});

test("what controls a terminal is shown as text in a line of the form", async () => {
  const robot = await openForm("nginx", { columns: 160, rows: 45 });
  await robot.paste("docker run -e 'LINES=one\ntwo\u001b[31m' nginx");
  await goToLine(robot, "Environment");
  await robot.seesRow("Environment", /one␊two␛\[31m/);
});

test("with --read-only nothing is created", async () => {
  const robot = await openContainers({ readOnly: true });
  await robot.press("+");
  await robot.sees("dockui was started with --read-only.");
});

test.each(["\r", "\n"])(
  "a line over several lines that no terminal marks as pasted is read whole (%j ends them)",
  async (end) => {
    const robot = await openContainers();
    const lines = [
      "docker run -d \\",
      "  --name later \\",
      "  -e 'A=x",
      "y' \\",
      "  nginx:1.27-alpine echo hi",
    ];
    await robot.press("+");
    await robot.sees("Image or docker run line");
    await robot.press(lines.join(end));
    await robot.sees("nginx:1.27-alpine echo hi");
    await robot.press("enter");
    await robot.sees("a pasted docker run line fills it in");
    await robot.sees("--name later -e 'A=x␊y' nginx:1.27-alpine echo hi");
    expect(robot.changes()).toEqual([]);
  },
);

test("typed into a line of the form it fills the form, too, with Enter", async () => {
  const robot = await openForm("nginx:1.27-alpine");
  await robot.press("ctrl+u");
  await robot.press("docker run -d \\\r--name later busybox:1.36\r");
  await robot.seesRow("Name", /later/);
  await robot.seesRow("Image", /busybox:1\.36/);
});
