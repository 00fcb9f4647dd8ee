import { describe, expect, test } from "vitest";
import { toLogKeeper, toLogPlace } from "../../../src/docker/disk/log-place.ts";

const id = "a".repeat(64);
const keeper = { root: "/var/lib/docker", remembersLength: true };
const folder = `${keeper.root}/containers/${id}`;
const placeOf = (driver: string, config: Record<string, string> = {}, path = "") =>
  toLogPlace({ Id: id, LogPath: path, HostConfig: { LogConfig: { Type: driver, Config: config } } }, keeper);

describe("where a log is kept", () => {
  test("json-file without max-size never rotates, whatever else is set", () => {
    const path = `${folder}/${id}-json.log`;
    const endless = { ...keeper, id, driver: "json-file", path, begun: true, rotates: false };
    expect(placeOf("json-file", {}, path)).toEqual(endless);
    expect(placeOf("json-file", { "max-file": "5", compress: "true" }, path)).toEqual(endless);
    expect(placeOf("json-file", { "max-size": "-1" }, path)).toEqual(endless);
  });

  test("json-file with max-size rotates, in one file unless more are asked for", () => {
    expect(placeOf("json-file", { "max-size": "10m", "max-file": "3" })).toMatchObject({
      ...{ maxSize: "10m", maxFile: 3, rotates: true },
    });
    expect(placeOf("json-file", { "max-size": "10m" })).toMatchObject({ maxSize: "10m", maxFile: 1 });
  });

  test("before its first start the path of a json-file is the one that it will get", () => {
    expect(placeOf("json-file")).toMatchObject({ path: `${folder}/${id}-json.log`, begun: false });
  });

  test("local rotates by itself, in a folder of its own", () => {
    expect(placeOf("local")).toEqual({
      ...keeper,
      ...{ id, driver: "local", path: `${folder}/local-logs/container.log` },
      ...{ maxSize: "20m", maxFile: 5, rotates: true },
    });
    expect(placeOf("local", { "max-size": "1m", "max-file": "2" })).toMatchObject({
      maxSize: "1m",
      maxFile: 2,
    });
  });

  test("none and journald have no file, and say where the lines are", () => {
    for (const [driver, words] of [
      ["none", "Nothing is kept"],
      ["journald", "journal of the engine's host"],
    ] as const) {
      const place = placeOf(driver);
      expect(place).not.toHaveProperty("path");
      expect(place.elsewhere).toContain(words);
    }
  });

  test("what is sent away is kept in part for docker logs, unless that is switched off", () => {
    const sent = placeOf("syslog", { "syslog-address": "udp://log:514" });
    expect(sent).toMatchObject({
      path: `${folder}/container-cached.log`,
      maxSize: "20m",
      maxFile: 5,
      rotates: true,
      elsewhere: expect.stringContaining("go to syslog"),
    });
    const off = placeOf("gelf", { "cache-disabled": "true" });
    expect(off).not.toHaveProperty("path");
    expect(off.elsewhere).toBe("The lines go to gelf: nothing is kept here.");
  });

  test("a driver that is not Docker's and names a file is taken at its word", () => {
    const path = `/var/lib/containers/storage/overlay-containers/${id}/userdata/ctr.log`;
    expect(placeOf("k8s-file", {}, path)).toMatchObject({ path, rotates: false });
  });

  test("nonsense from the engine is no exception", () => {
    for (const answer of [undefined, null, 7, "x", [], { HostConfig: 1, Id: 2, LogPath: {} }])
      expect(toLogPlace(answer, keeper)).toMatchObject({ id: "", driver: "" });
  });
});

test("since Docker 23 an engine remembers how long a log is", () => {
  const keeperOf = (ServerVersion: unknown) =>
    toLogKeeper({ DockerRootDir: "/var/lib/docker/", ServerVersion });
  expect(keeperOf("20.10.24+dfsg1")).toEqual({ root: "/var/lib/docker", remembersLength: false });
  for (const version of ["23.0.0", "28.5.1", "", undefined, "master"])
    expect(keeperOf(version).remembersLength, String(version)).toBe(true);
});
