/** What `--help` prints: a screen of 80×24 holds it, and the prompt below it. The README has the same. */
export const usage = `dockui: a full-screen terminal program to look after Docker on servers

usage: dockui [SCREEN [QUERY]]   opens a screen: containers, images, networks,
                                 volumes, disk
       dockui LIST [QUERY]       writes a list: ps, df; with --json also images,
                                 networks, volumes
       dockui clean [--plan]     what can be removed and what comes back
       dockui clean --yes        removes exactly that, without asking
       dockui help clean         how clean is told what to remove

  -H, --host URL       unix:///path or tcp://host:port
  -c, --context NAME   a docker context
      --read-only      no key changes anything
      --demo           a built-in simulated engine: try it with no Docker at all
      --json           a list, or a plan and what became of it, as JSON
  -h, --help           this
  -v, --version        the version

exit codes: 0 done; 1 it could not be begun; 2 the command line is wrong;
3 and 4 are of clean; 129, 130, 143 a signal ended it before it began

~/.config/dockui/config.json may say how much of a log is kept:
  {"logs":{"lines":50000,"size":"64MiB"}}
`;

/** What `dockui help clean` prints. */
export const cleanUsage = `usage: dockui clean [--plan] [RULES]   shows what can be removed
       dockui clean --yes [RULES]      removes exactly that, without asking

Without rules: stopped containers, images without a name, networks without
containers, unused anonymous volumes and the build cache.

  --kind LIST      only of containers,images,networks,volumes,cache
  --until TIME     only what is older: 24h, 7d, 2026-11-20; build cache by when
                   it was last used, all else by when it was made
  --label RULE     only what has the label: KEY, KEY=VALUE; with ! in front only
                   what does not; may be given again, all must hold
  --images WHICH   dangling, or all that no container uses
  --volumes WHICH  none, anonymous, or all that no container uses

exit codes:
  0  all was removed, or there is nothing to remove
  1  it could not be begun: stderr says why
  3  without --yes: there is something to remove
  4  with --yes: not all was removed: stderr says what was left and why
`;
