/** What an inspect of a container says that tests compare. */
export type Inspected = {
  Id: string;
  Config: Record<string, unknown>;
  HostConfig: Record<string, unknown>;
  NetworkSettings: { Networks: Record<string, Record<string, unknown>> };
};

/** What was asked for in a container, without what differs from one to the next: its id and what is made of it. */
export function asked({ Id, Config, HostConfig, NetworkSettings }: Inspected) {
  const short = Id.slice(0, 12);
  const networks = Object.entries(NetworkSettings.Networks).map(([name, { IPAMConfig, Aliases, Links }]) => [
    name,
    { IPAMConfig, Links, Aliases: ((Aliases ?? []) as string[]).filter((alias) => alias !== short) },
  ]);
  return {
    // Docker keeps variables and volumes in maps, which have no order.
    Config: {
      ...Config,
      Hostname: Config.Hostname === short ? "(id)" : Config.Hostname,
      Env: (Config.Env as string[] | null)?.toSorted(),
    },
    HostConfig: { ...HostConfig, Binds: (HostConfig.Binds as string[] | null)?.toSorted() },
    networks: Object.fromEntries(networks),
  };
}
