import { createLogFeed } from "../hooks/log-feed.ts";
import { createMergedFeed } from "../hooks/merged-feed.ts";
import { useSession } from "../hooks/use-session.ts";
import { FeedView } from "./feed-view.tsx";
import type { ViewProps } from "./views.tsx";

/** The log of a container, or of several as one: the last lines first, then as they come. */
export function Logs({ overlay, ...room }: ViewProps<"logs">) {
  const session = useSession();
  const { containers } = overlay;
  const [only, ...more] = containers;
  const several = only === undefined || more.length > 0;
  const owners = several ? containers.map(({ name }) => name) : [];
  const open = () => (several ? createMergedFeed(session, containers) : createLogFeed(session, only));
  const title = several ? `Logs of ${containers.length} containers` : `Logs ${only.name}`;
  return <FeedView {...{ title, overlay, open, owners, ...room }} />;
}
