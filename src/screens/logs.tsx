import type { Container } from "../docker/containers.ts";
import { createLogFeed } from "../hooks/log/feed.ts";
import { createMergedFeed } from "../hooks/log/merged-feed.ts";
import { useSession } from "../hooks/use-session.ts";
import { FeedView } from "./feed-view.tsx";
import type { ViewProps } from "./views.tsx";

/** The log of a container, or of several as one: the last lines first, then as they come. */
export function Logs({ overlay, ...room }: ViewProps<"logs">) {
  const session = useSession();
  const { containers } = overlay;
  const [only, ...more] = containers;
  const several = only === undefined || more.length > 0;
  const open = () => (several ? createMergedFeed(session, containers) : createLogFeed(session, only));
  const title = several ? titleOf(containers) : `Logs ${only.name}`;
  return <FeedView {...{ title, overlay, open, containers, ...room }} />;
}

/** "Logs of shop, 4 containers" where they are all of one project. */
function titleOf(containers: readonly Container[]): string {
  const [project, ...others] = [...new Set(containers.map((container) => container.project))];
  const count = `${containers.length} containers`;
  return project === undefined || others.length > 0 ? `Logs of ${count}` : `Logs of ${project}, ${count}`;
}
