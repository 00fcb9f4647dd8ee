import { shop } from "./fleet-shop.ts";
import { bind, composed, type FleetMember, tcp, volume } from "./fleet-words.ts";
import { day, MiB, second } from "./units.ts";

/** The containers of the projects blog and monitoring, and gitea. */
const others: readonly FleetMember[] = [
  {
    ...composed("blog", "wordpress"),
    image: "wordpress:6.5-apache",
    up: 12 * day,
    ports: [tcp(80, 8081)],
    voice: "access",
    logEvery: 4 * second,
    memory: 154 * MiB,
    shells: ["/bin/sh", "/bin/bash"],
    mounts: [volume("blog_wp", "/var/www/html")],
    env: ["WORDPRESS_DB_PASSWORD=blogpw"],
  },
  {
    ...composed("blog", "db"),
    image: "mariadb:11",
    up: 12 * day,
    ports: [tcp(3306)],
    memory: 210 * MiB,
    shells: ["/bin/sh", "/bin/bash"],
    mounts: [volume("blog_db", "/var/lib/mysql")],
    env: ["MARIADB_ROOT_PASSWORD=toor"],
  },
  {
    ...composed("monitoring", "prometheus"),
    image: "prom/prometheus:v2.52.0",
    up: 6 * day,
    ports: [tcp(9090, 9090)],
    voice: "logfmt",
    logEvery: 7 * second,
    cores: 0.2,
    memory: 512 * MiB,
    mounts: [
      volume("monitoring_prom", "/prometheus"),
      bind("/srv/monitoring/prometheus.yml", "/etc/prometheus/prometheus.yml"),
    ],
  },
  {
    ...composed("monitoring", "grafana"),
    image: "grafana/grafana:11.0.0",
    up: 6 * day,
    ports: [tcp(3000, 3000)],
    voice: "logfmt",
    logEvery: 9 * second,
    memory: 121 * MiB,
    shells: ["/bin/sh", "/bin/bash"],
    mounts: [volume("monitoring_grafana", "/var/lib/grafana")],
    env: ["GF_SECURITY_ADMIN_PASSWORD=admin"],
  },
  {
    ...composed("monitoring", "node-exporter"),
    image: "prom/node-exporter:v1.8.1",
    up: 6 * day,
    networks: ["host"],
    ports: [tcp(9100)],
    voice: "logfmt",
    memory: 17 * MiB,
    mounts: [bind("/", "/host")],
  },
  {
    ...composed("monitoring", "alertmanager"),
    image: "prom/alertmanager:v0.27.0",
    up: 6 * day,
    ports: [tcp(9093, 9093)],
    voice: "logfmt",
    memory: 24 * MiB,
  },
  {
    ...composed("gitea", "server"),
    name: "gitea",
    image: "gitea/gitea:1.22",
    up: 33 * day,
    ports: [tcp(3000, 3300), tcp(22, 2222)],
    memory: 231 * MiB,
    shells: ["/bin/sh", "/bin/ash", "/bin/bash"],
    mounts: [volume("gitea_data", "/data")],
    networks: ["gitea_default", "shop_default"],
  },
];

/** The containers which compose made. */
export const projects: readonly FleetMember[] = [...shop, ...others];
