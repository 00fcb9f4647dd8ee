import { expect, test } from "vitest";
import { readStatus, type Status } from "../../src/docker/status.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each<[string, Status]>([
  ["Up 3 hours (unhealthy)", { health: "unhealthy", ageMs: 3 * hour }],
  ["Up 5 seconds (health: starting)", { health: "starting", ageMs: 5000 }],
  ["Up About a minute (healthy)", { health: "healthy", ageMs: minute }],
  ["Up About an hour", { ageMs: hour }],
  ["Up Less than a second", { ageMs: 0 }],
  ["Up 2 weeks (Paused)", { ageMs: 14 * day }],
  ["Exited (137) 2 days ago", { exitCode: 137, ageMs: 2 * day }],
  ["Exited (0) 1 second ago", { exitCode: 0, ageMs: 1000 }],
  ["Exited (-1) 4 months ago", { exitCode: -1, ageMs: 120 * day }],
  ["Restarting (1) 4 seconds ago", { exitCode: 1, ageMs: 4000 }],
  ["Created", {}],
  ["Removal In Progress", {}],
  ["Dead", {}],
  ["", {}],
])("%s", (status, expected) => {
  expect(readStatus(status)).toEqual(expected);
});
