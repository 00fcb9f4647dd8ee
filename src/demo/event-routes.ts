import type { ServerResponse } from "node:http";
import type { DemoEvent } from "./events.ts";
import { allows, type Filters, hasLabels, readFilters } from "./filters.ts";
import { type Call, type Reply, type Route, stream } from "./http.ts";
import type { Moment } from "./log-lines.ts";
import { readMoment } from "./log-query.ts";
import { nanosPerMs } from "./units.ts";

const known = ["container", "daemon", "event", "image", "label", "network", "scope", "type", "volume"];
const prefixed = ["health_status", "exec_create", "exec_start"];

/** Docker's rule: exact, but by prefix for all once the list contains one of the names which have details. */
function matchesAction(filters: Filters, action: string): boolean {
  const byPrefix = filters.get("event")?.some((name) => prefixed.includes(name)) ?? false;
  return allows(filters, "event", (name) => (byPrefix ? action.startsWith(name) : action === name));
}

function matches(filters: Filters, event: DemoEvent): boolean {
  const { ID, Attributes } = event.Actor;
  const isActor = (ref: string) => ID.startsWith(ref) || (Attributes.name ?? "").startsWith(ref);
  return (
    matchesAction(filters, event.Action) &&
    allows(filters, "type", (type) => type === event.Type) &&
    allows(filters, "scope", (scope) => scope === event.scope) &&
    ["container", "network", "volume"].every((type) => allows(filters, type, isActor)) &&
    allows(filters, "image", (ref) => ID === ref || (Attributes.image ?? "").startsWith(ref)) &&
    hasLabels(filters, Attributes)
  );
}

const nanosOf = ({ ms, ns }: Moment): number => ms * nanosPerMs + ns;

type Watch = { filters: Filters; since: Moment | undefined; until: Moment | undefined };

function watch({ world }: Call, { filters, since, until }: Watch, response: ServerResponse): void {
  const write = (event: DemoEvent) => {
    if (matches(filters, event)) response.write(`${JSON.stringify(event)}\n`);
  };
  response.flushHeaders();
  const latest = until === undefined ? Number.POSITIVE_INFINITY : nanosOf(until);
  if (since !== undefined)
    for (const event of world.bus.recent())
      if (event.timeNano >= nanosOf(since) && event.timeNano <= latest) write(event);
  if (until !== undefined && until.ms <= world.now()) {
    response.end();
    return;
  }
  response.once("close", world.bus.listen(write));
  if (until !== undefined)
    response.once(
      "close",
      world.timers.after(until.ms - world.now(), () => response.end()),
    );
}

function events(call: Call): Reply {
  const { query } = call;
  const asked = {
    filters: readFilters(query, known),
    since: readMoment(query.get("since"), "since"),
    until: readMoment(query.get("until"), "until"),
  };
  return stream("application/json", (response) => watch(call, asked, response));
}

/** The route of the event stream. */
export const eventRoutes: readonly Route[] = [{ method: "GET", pattern: /^\/events$/, answer: events }];
