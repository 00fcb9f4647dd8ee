/** A line of the form that stands for a flag: its name, how it is called, an example or a word of what it does. */
export type FlagRow = readonly [flag: string, label: string, example: string];

/**
 * The flags that have a line of their own in the form. What they take and what is wrong with a value is the flag's to
 * say; whatever has no line here is written into the line "Other flags".
 */
export const flagRows: readonly (readonly [section: string, rows: readonly FlagRow[]])[] = [
  [
    "Program",
    [
      ["name", "Name", "empty: the engine makes one up"],
      ["entrypoint", "Entrypoint", "the program alone; '' takes the image's own away"],
      ["env", "Environment", "MODE=prod 'GREETING=good day'"],
      ["env-file", "Environment files", "/etc/web.env"],
      ["user", "User", "1000:1000, www-data"],
      ["workdir", "Folder", "/srv/app"],
      ["hostname", "Host name", "web; empty: its short id"],
      ["label", "Labels", "tier=web 'owner=the shop'"],
      ["interactive", "Input stays open", "it can be typed into"],
      ["tty", "Terminal", "it gets a terminal: for shells"],
    ],
  ],
  [
    "Network",
    [
      ["publish", "Ports", "8080:80 127.0.0.1:8443:443 53:53/udp"],
      ["publish-all", "All its ports", "each on a free port of the host"],
      ["expose", "Named ports", "9000 7000-7010/udp"],
      ["network", "Network", "bridge, host, none, container:web, or a network of your own"],
      ["network-alias", "Names there", "db primary"],
      ["ip", "Address there", "172.20.0.10"],
      ["dns", "DNS servers", "1.1.1.1 9.9.9.9"],
      ["add-host", "Hosts", "db:10.0.0.5 host.docker.internal:host-gateway"],
    ],
  ],
  [
    "Storage",
    [
      ["volume", "Volumes and binds", "data:/var/lib/app /srv/site:/www:ro"],
      ["mount", "Mounts", "type=bind,source=/srv,target=/srv,readonly"],
      ["tmpfs", "In memory", "/run:size=64m"],
      ["volumes-from", "Volumes from", "backup db:ro"],
      ["read-only", "Read-only", "its own files cannot be changed"],
    ],
  ],
  [
    "Life",
    [
      ["restart", "Restart", "unless-stopped, on-failure:5"],
      ["rm", "Remove at its end", "with its log and its volumes without a name"],
      ["stop-signal", "Stop signal", "SIGINT"],
      ["stop-timeout", "Grace time", "30: seconds from the stop signal to its kill"],
      ["pull", "Pull the image", "missing, always, never; empty: when it is missing"],
      ["platform", "Platform", "linux/arm64"],
    ],
  ],
  [
    "Limits",
    [
      ["memory", "Memory", "512m, 2g"],
      ["memory-swap", "Memory and swap", "1g: both together; -1: as much swap as there is"],
      ["memory-reservation", "Memory, soft", "256m"],
      ["shm-size", "Shared memory", "128m"],
      ["cpus", "CPUs", "1.5"],
      ["cpu-shares", "CPU shares", "512: its part when all want the CPU; 1024 is the usual"],
      ["cpuset-cpus", "On CPUs", "0-2,4"],
      ["pids-limit", "Processes", "200; -1: no limit"],
      ["device-write-bps", "Written a second", "/dev/sda:10m"],
      ["device-write-iops", "Writes a second", "/dev/sda:100"],
      ["device-read-bps", "Read a second", "/dev/sda:10m"],
      ["device-read-iops", "Reads a second", "/dev/sda:100"],
      ["ulimit", "Ulimits", "nofile=1024:2048"],
    ],
  ],
  [
    "Rights",
    [
      ["privileged", "Privileged", "it may do whatever root of the host may"],
      ["cap-add", "More capabilities", "NET_ADMIN SYS_TIME"],
      ["cap-drop", "Less capabilities", "ALL"],
      ["device", "Devices", "/dev/ttyUSB0 /dev/snd:/dev/snd:rw"],
      ["security-opt", "Security", "no-new-privileges"],
    ],
  ],
  [
    "Health",
    [
      ["health-cmd", "Check", "curl -f http://localhost/ || exit 1"],
      ["health-interval", "Every", "30s"],
      ["health-timeout", "At most", "5s"],
      ["health-retries", "Failures in a row", "3: then it is unhealthy"],
      ["health-start-period", "Not counted at first", "1m"],
      ["no-healthcheck", "No check", "the image's own is not run either"],
    ],
  ],
  [
    "Log",
    [
      ["log-driver", "Driver", "json-file, local, journald, none"],
      ["log-opt", "Options", "max-size=10m max-file=3"],
    ],
  ],
];
