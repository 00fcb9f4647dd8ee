import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheFolder, distrust } from "../../src/docker/trusted.ts";

const stranger = 65_534;
const isRoot = process.getuid?.() === 0;

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "dockui-trust-"));
});
afterEach(() => rmSync(place, { recursive: true }));

/** A folder with those permissions in the place, and the path to it. */
function folder(name: string, mode = 0o700): string {
  const path = join(place, name);
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
  return path;
}

function file(path: string, mode = 0o600): string {
  writeFileSync(path, "{}");
  chmodSync(path, mode);
  return path;
}

describe("a file is trusted", () => {
  test("where only this person and root can write it, in a shared folder as /tmp too", () => {
    expect(distrust(file(join(folder("own"), "file"), 0o644))).toBeUndefined();
    expect(distrust(file(join(folder("shared", 0o1777), "file")))).toBeUndefined();
    expect(distrust(join(place, "not", "there", "yet"))).toBeUndefined();
  });

  test("but not where others can write it, or a folder it lies in", () => {
    const loose = file(join(place, "loose"), 0o602);
    expect(distrust(loose)).toBe(`${loose} can be written by others (chmod go-w ${loose})`);
    const open = folder("open", 0o707);
    expect(distrust(file(join(folder("open/in"), "file")))).toBe(
      `${open} can be written by others (chmod go-w ${open})`,
    );
  });

  test("nor where a link to it, or what that leads to, lies in such a folder", () => {
    const open = folder("open", 0o707);
    const own = folder("own");
    file(join(open, "file"));
    symlinkSync(join(open, "file"), join(own, "out"));
    symlinkSync(file(join(own, "file")), join(open, "in"));
    for (const link of [join(own, "out"), join(open, "in")])
      expect(distrust(link)).toBe(`${open} can be written by others (chmod go-w ${open})`);
  });

  test.runIf(isRoot)("nor what belongs to somebody else, unless that one is named", () => {
    const theirs = folder("theirs");
    chownSync(theirs, stranger, stranger);
    const inside = file(join(theirs, "file"));
    expect(distrust(inside)).toBe(`${theirs} belongs to another user`);
    expect(distrust(inside, [stranger])).toBeUndefined();
  });
});

describe("the folder for compiled code", () => {
  const cache = () => cacheFolder({ XDG_CACHE_HOME: place, HOME: "/nowhere" });

  test("is made for this person alone, where XDG_CACHE_HOME says or in the home folder", () => {
    expect(cache()).toBe(join(place, "dockui"));
    expect(statSync(join(place, "dockui")).mode & 0o777).toBe(0o700);
    expect(cache()).toBe(join(place, "dockui"));
    expect(cacheFolder({ XDG_CACHE_HOME: "relative", HOME: place })).toBe(join(place, ".cache/dockui"));
  });

  test.each([0o777, 0o770, 0o755])("is none where others get into it (%o)", (mode) => {
    folder("dockui", mode);
    expect(cache()).toBeUndefined();
  });

  test("is none where it is a link, or a file", () => {
    symlinkSync(folder("elsewhere"), join(place, "dockui"));
    expect(cache()).toBeUndefined();
    rmSync(join(place, "dockui"));
    file(join(place, "dockui"));
    expect(cache()).toBeUndefined();
  });

  test("is not even made in a folder that others can write", () => {
    const open = folder("open", 0o777);
    expect(cacheFolder({ XDG_CACHE_HOME: join(open, "cache") })).toBeUndefined();
    expect(() => statSync(join(open, "cache"))).toThrow("ENOENT");
  });

  test.runIf(isRoot)("is none where somebody else made it first", () => {
    chownSync(folder("dockui"), stranger, stranger);
    expect(cache()).toBeUndefined();
  });
});
