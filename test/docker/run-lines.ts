import type { RunSpec } from "../../src/docker/run/spec.ts";

/** Lines as manuals and READMEs print them, each with some of what it says; what a shell would put in is written out. */
export const runLines: readonly [line: string, says: Partial<RunSpec>][] = [
  ["docker run hello-world", { image: "hello-world", detach: false, command: [] }],
  ["docker run -it ubuntu bash", { image: "ubuntu", interactive: true, tty: true, command: ["bash"] }],
  [
    "docker run --name some-nginx -v /some/content:/usr/share/nginx/html:ro -d nginx",
    {
      name: "some-nginx",
      detach: true,
      volumes: [{ kind: "bind", source: "/some/content", target: "/usr/share/nginx/html", modes: ["ro"] }],
    },
  ],
  [
    "$ docker run --name some-nginx -d -p 8080:80 some-content-nginx",
    { ports: [{ host: { from: 8080, to: 8080 }, container: { from: 80, to: 80 }, protocol: "tcp" }] },
  ],
  [
    "docker run -d -p 80:80 --read-only -v /srv/nginx-cache:/var/cache/nginx -v /srv/nginx-pid:/var/run nginx",
    { readOnly: true },
  ],
  [
    "docker run --name some-postgres -e POSTGRES_PASSWORD=mysecretpassword -d postgres",
    { env: [{ key: "POSTGRES_PASSWORD", value: "mysecretpassword" }], image: "postgres" },
  ],
  [
    `docker run -d \\
	--name some-postgres \\
	-e POSTGRES_PASSWORD=mysecretpassword \\
	-e PGDATA=/var/lib/postgresql/data/pgdata \\
	-v /custom/mount:/var/lib/postgresql/data \\
	postgres`,
    { volumes: [{ kind: "bind", source: "/custom/mount", target: "/var/lib/postgresql/data", modes: [] }] },
  ],
  [
    "docker run -d --name some-postgres -e POSTGRES_PASSWORD=x postgres:16 -c shared_buffers=256MB -c max_connections=200",
    { command: ["-c", "shared_buffers=256MB", "-c", "max_connections=200"] },
  ],
  [
    "docker run -it --rm --network some-network postgres psql -h some-postgres -U postgres",
    { rm: true, network: "some-network", command: ["psql", "-h", "some-postgres", "-U", "postgres"] },
  ],
  [
    "docker run --name some-redis -d redis redis-server --save 60 1 --loglevel warning",
    { command: ["redis-server", "--save", "60", "1", "--loglevel", "warning"] },
  ],
  [
    "docker run -d --name redis-stack-server -p 6379:6379 redis/redis-stack-server:latest",
    { name: "redis-stack-server" },
  ],
  [
    'docker run -e REDIS_ARGS="--requirepass mypassword" redis/redis-stack:latest',
    { env: [{ key: "REDIS_ARGS", value: "--requirepass mypassword" }] },
  ],
  [
    "docker run -d -p 8080:8080 -p 80:80 -v /srv/traefik.yml:/etc/traefik/traefik.yml traefik:v3.1",
    { image: "traefik:v3.1" },
  ],
  [
    `docker run -d \\
  --name traefik \\
  --label 'traefik.http.routers.api.rule=Host(\`traefik.example.com\`) && PathPrefix(\`/api\`)' \\
  --label traefik.enable=true \\
  -p 80:80 -p 443:443 -p 443:443/udp \\
  -v /var/run/docker.sock:/var/run/docker.sock:ro \\
  traefik:v3 --api.insecure=true --providers.docker`,
    {
      labels: [
        {
          key: "traefik.http.routers.api.rule",
          value: "Host(`traefik.example.com`) && PathPrefix(`/api`)",
        },
        { key: "traefik.enable", value: "true" },
      ],
      command: ["--api.insecure=true", "--providers.docker"],
    },
  ],
  [
    "docker run -d -p 8000:8000 -p 9443:9443 --name portainer --restart=always -v /var/run/docker.sock:/var/run/docker.sock -v portainer_data:/data portainer/portainer-ce:lts",
    { restart: { policy: "always" }, name: "portainer", image: "portainer/portainer-ce:lts" },
  ],
  [
    `docker run -d \\
  -p 9001:9001 \\
  --name portainer_agent \\
  --restart=always \\
  -v /var/run/docker.sock:/var/run/docker.sock \\
  -v /var/lib/docker/volumes:/var/lib/docker/volumes \\
  -v /:/host \\
  portainer/agent:2.21.4`,
    { name: "portainer_agent" },
  ],
  ["docker run -d --name=grafana -p 3000:3000 grafana/grafana-enterprise", { name: "grafana" }],
  [
    `docker run -d -p 3000:3000 --name=grafana \\
  --user 1000:1000 \\
  --volume /srv/grafana:/var/lib/grafana \\
  -e "GF_SERVER_ROOT_URL=http://my.grafana.server/" \\
  -e "GF_INSTALL_PLUGINS=grafana-clock-panel, grafana-simple-json-datasource" \\
  grafana/grafana-oss:11.2.0`,
    {
      user: "1000:1000",
      env: [
        { key: "GF_SERVER_ROOT_URL", value: "http://my.grafana.server/" },
        { key: "GF_INSTALL_PLUGINS", value: "grafana-clock-panel, grafana-simple-json-datasource" },
      ],
    },
  ],
  [
    `docker run --detach \\
    --name watchtower \\
    --volume /var/run/docker.sock:/var/run/docker.sock \\
    containrrr/watchtower --cleanup --interval 300`,
    { command: ["--cleanup", "--interval", "300"], detach: true },
  ],
  [
    `docker run --name pihole -p 53:53/tcp -p 53:53/udp -p 80:80/tcp -p 443:443/tcp -e TZ=Europe/London -e FTLCONF_webserver_api_password="correct horse battery staple" -e FTLCONF_dns_listeningMode=all -v /srv/etc-pihole:/etc/pihole -v /srv/etc-dnsmasq.d:/etc/dnsmasq.d --cap-add NET_ADMIN --restart unless-stopped pihole/pihole:latest`,
    { restart: { policy: "unless-stopped" }, capAdd: ["NET_ADMIN"] },
  ],
  [
    `docker run -d \\
    --name pihole-old \\
    -p 53:53/tcp -p 53:53/udp \\
    --dns=127.0.0.1 --dns=1.1.1.1 \\
    --hostname pi.hole \\
    -e VIRTUAL_HOST="pi.hole" \\
    -e PROXY_LOCATION="pi.hole" \\
    pihole/pihole:2022.05`,
    { dns: ["127.0.0.1", "1.1.1.1"], hostname: "pi.hole" },
  ],
  ["docker run -d -p 5000:5000 --restart=always --name registry registry:2", { image: "registry:2" }],
  [
    `docker run -d \\
  --restart=always \\
  --name registry-tls \\
  -v /srv/certs:/certs \\
  -e REGISTRY_HTTP_ADDR=0.0.0.0:443 \\
  -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/domain.crt \\
  -p 443:443 \\
  registry:2`,
    { name: "registry-tls" },
  ],
  [
    `sudo docker run --detach \\
  --hostname gitlab.example.com \\
  --env GITLAB_OMNIBUS_CONFIG="external_url 'http://gitlab.example.com'" \\
  --publish 443:443 --publish 80:80 --publish 22:22 \\
  --name gitlab \\
  --restart always \\
  --volume /srv/gitlab/config:/etc/gitlab \\
  --volume /srv/gitlab/logs:/var/log/gitlab \\
  --volume /srv/gitlab/data:/var/opt/gitlab \\
  --shm-size 256m \\
  gitlab/gitlab-ee:17.5.0-ee.0`,
    {
      shmSize: 256 * 1024 ** 2,
      env: [{ key: "GITLAB_OMNIBUS_CONFIG", value: "external_url 'http://gitlab.example.com'" }],
    },
  ],
  [
    "docker run -it -p 1883:1883 -p 9001:9001 -v /srv/mosquitto.conf:/mosquitto/config/mosquitto.conf -v /mosquitto/data -v /mosquitto/log eclipse-mosquitto",
    {
      volumes: [
        {
          kind: "bind",
          source: "/srv/mosquitto.conf",
          target: "/mosquitto/config/mosquitto.conf",
          modes: [],
        },
        { kind: "anonymous", target: "/mosquitto/data" },
        { kind: "anonymous", target: "/mosquitto/log" },
      ],
    },
  ],
  [
    `docker run --detach --name vaultwarden \\
  --env DOMAIN="https://vw.domain.tld" \\
  --volume /vw-data/:/data/ \\
  --restart unless-stopped \\
  --publish 127.0.0.1:8000:80 \\
  vaultwarden/server:latest`,
    {
      ports: [
        { ip: "127.0.0.1", host: { from: 8000, to: 8000 }, container: { from: 80, to: 80 }, protocol: "tcp" },
      ],
    },
  ],
  [
    `docker run --name some-mysql -e MYSQL_ROOT_PASSWORD=my-secret-pw -d mysql:8 --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci`,
    { command: ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci"] },
  ],
  [
    "docker run --detach --name some-mariadb --env MARIADB_USER=example-user --env MARIADB_PASSWORD=my_cool_secret --env MARIADB_ROOT_PASSWORD=my-secret-pw  mariadb:latest",
    { image: "mariadb:latest" },
  ],
  [
    "docker run --name some-wordpress --link some-mysql:mysql -p 8080:80 -d wordpress",
    { links: ["some-mysql:mysql"] },
  ],
  [
    "docker run -d --name some-mongo -e MONGO_INITDB_ROOT_USERNAME=mongoadmin -e MONGO_INITDB_ROOT_PASSWORD=secret mongo",
    {},
  ],
  [
    "docker run -d --hostname my-rabbit --name some-rabbit -p 15672:15672 -p 5672:5672 rabbitmq:3-management",
    { hostname: "my-rabbit" },
  ],
  [
    'docker run -p 9200:9200 -p 9300:9300 -e "discovery.type=single-node" -m 1GB docker.elastic.co/elasticsearch/elasticsearch:8.15.0',
    { memory: 1024 ** 3, image: "docker.elastic.co/elasticsearch/elasticsearch:8.15.0" },
  ],
  [
    "docker run --name es01 --net elastic -p 9200:9200 -it -m 1GB --ulimit nofile=65535:65535 --ulimit memlock=-1:-1 -e ES_JAVA_OPTS='-Xms512m -Xmx512m' docker.elastic.co/elasticsearch/elasticsearch:8.15.0",
    {
      network: "elastic",
      ulimits: [
        { name: "nofile", soft: 65535, hard: 65535 },
        { name: "memlock", soft: -1, hard: -1 },
      ],
    },
  ],
  [
    "docker run -d --name prometheus -p 9090:9090 -v /srv/prometheus.yml:/etc/prometheus/prometheus.yml -v prometheus-data:/prometheus prom/prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.retention.time=15d",
    { command: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.retention.time=15d"] },
  ],
  [
    `docker run -d \\
  --net="host" \\
  --pid="host" \\
  -v "/:/host:ro,rslave" \\
  quay.io/prometheus/node-exporter:latest \\
  --path.rootfs=/host`,
    {
      network: "host",
      pid: "host",
      volumes: [{ kind: "bind", source: "/", target: "/host", modes: ["ro", "rslave"] }],
    },
  ],
  [
    `sudo docker run \\
  --volume=/:/rootfs:ro \\
  --volume=/var/run:/var/run:ro \\
  --volume=/sys:/sys:ro \\
  --volume=/var/lib/docker/:/var/lib/docker:ro \\
  --volume=/dev/disk/:/dev/disk:ro \\
  --publish=8080:8080 \\
  --detach=true \\
  --name=cadvisor \\
  --privileged \\
  --device=/dev/kmsg \\
  gcr.io/cadvisor/cadvisor:v0.49.1`,
    {
      detach: true,
      privileged: true,
      devices: [{ host: "/dev/kmsg", container: "/dev/kmsg", permissions: "rwm" }],
    },
  ],
  [
    `docker run -d \\
  --name homeassistant \\
  --privileged \\
  --restart=unless-stopped \\
  -e TZ=Europe/Berlin \\
  -v /srv/homeassistant:/config \\
  -v /run/dbus:/run/dbus:ro \\
  --network=host \\
  ghcr.io/home-assistant/home-assistant:stable`,
    { network: "host", privileged: true },
  ],
  [
    "docker run --name zigbee2mqtt --restart=unless-stopped --device=/dev/serial/by-id/usb-Texas_Instruments_TI-if00:/dev/ttyACM0 -p 8080:8080 -v /srv/data:/app/data -v /run/udev:/run/udev:ro -e TZ=Europe/Amsterdam ghcr.io/koenkk/zigbee2mqtt",
    {
      devices: [
        {
          host: "/dev/serial/by-id/usb-Texas_Instruments_TI-if00",
          container: "/dev/ttyACM0",
          permissions: "rwm",
        },
      ],
    },
  ],
  [
    `docker run -d \\
  --name=wireguard \\
  --cap-add=NET_ADMIN \\
  --cap-add=SYS_MODULE \\
  -e PUID=1000 -e PGID=1000 \\
  -e PEERS=1 \`#optional\` \\
  linuxserver/wireguard`,
    { capAdd: ["NET_ADMIN", "SYS_MODULE"] },
  ],
  [
    `docker run -d --name=wg-easy -e PASSWORD_HASH='$2y$10$hBCoykrB95WSzuV4fafBzOHWKu9sbyVa34GJr8VV5R/pIelfEMYyG' -p 51820:51820/udp -p 51821:51821/tcp --cap-add=NET_ADMIN --sysctl="net.ipv4.conf.all.src_valid_mark=1" --sysctl="net.ipv4.ip_forward=1" ghcr.io/wg-easy/wg-easy`,
    {
      env: [{ key: "PASSWORD_HASH", value: "$2y$10$hBCoykrB95WSzuV4fafBzOHWKu9sbyVa34GJr8VV5R/pIelfEMYyG" }],
      sysctls: [
        { key: "net.ipv4.conf.all.src_valid_mark", value: "1" },
        { key: "net.ipv4.ip_forward", value: "1" },
      ],
    },
  ],
  [
    'docker run -d --name plex --network=host -e TZ="Europe/Berlin" -e PLEX_CLAIM="claim-xyz" -v /srv/plex/database:/config -v /srv/plex/transcode:/transcode --device /dev/dri:/dev/dri plexinc/pms-docker',
    { devices: [{ host: "/dev/dri", container: "/dev/dri", permissions: "rwm" }] },
  ],
  [
    `docker run -d \\
 --name jellyfin \\
 --user 1000:1000 \\
 --net=host \\
 --volume jellyfin-config:/config \\
 --mount type=bind,source=/srv,target=/media,readonly \\
 --restart=unless-stopped \\
 jellyfin/jellyfin`,
    { mounts: [{ type: "bind", source: "/srv", target: "/media", readOnly: true }] },
  ],
  [
    "docker run -d --gpus=all -v ollama:/root/.ollama -p 11434:11434 --name ollama ollama/ollama",
    { gpus: { count: "all" } },
  ],
  [
    "docker run -d -p 3000:8080 --add-host=host.docker.internal:host-gateway -v open-webui:/app/backend/data --name open-webui --restart always ghcr.io/open-webui/open-webui:main",
    { hosts: [{ name: "host.docker.internal", ip: "host-gateway" }] },
  ],
  [
    `docker run \\
  --sig-proxy=false \\
  --name nextcloud-aio-mastercontainer \\
  --restart always \\
  --publish 80:80 --publish 8080:8080 --publish 8443:8443 \\
  --volume nextcloud_aio_mastercontainer:/mnt/docker-aio-config \\
  --volume /var/run/docker.sock:/var/run/docker.sock:ro \\
  ghcr.io/nextcloud-releases/all-in-one:latest`,
    { name: "nextcloud-aio-mastercontainer" },
  ],
  [
    "docker run -d --restart=always -p 3001:3001 -v uptime-kuma:/app/data --name uptime-kuma louislam/uptime-kuma:1",
    {},
  ],
  [
    "docker run -p 8080:8080 -p 50000:50000 --restart=on-failure -v jenkins_home:/var/jenkins_home jenkins/jenkins:lts-jdk17",
    { restart: { policy: "on-failure" } },
  ],
  [
    `docker run --name jenkins-docker --rm --detach --privileged --network jenkins --network-alias docker --env DOCKER_TLS_CERTDIR=/certs --volume jenkins-docker-certs:/certs/client --volume jenkins-data:/var/jenkins_home --publish 2376:2376 docker:dind --storage-driver overlay2`,
    { aliases: ["docker"], network: "jenkins", rm: true, detach: true },
  ],
  [
    `docker run -dt -p 9000:9000 -p 9001:9001 -v minio-data:/mnt/data -e "MINIO_ROOT_USER=admin" -e "MINIO_ROOT_PASSWORD=CHANGEME123" --name "minio_local" minio/minio server --console-address ":9001" /mnt/data`,
    { tty: true, detach: true, command: ["server", "--console-address", ":9001", "/mnt/data"] },
  ],
  ["docker run -dp 127.0.0.1:3000:3000 getting-started", { detach: true, image: "getting-started" }],
  [
    `docker run -dp 3000:3000 -w /app -v /srv/app:/app node:20-alpine sh -c "yarn install && yarn run dev"`,
    { workdir: "/app", command: ["sh", "-c", "yarn install && yarn run dev"] },
  ],
  [
    "docker container run -itd --name box -p8080:80 -eA=1 -eB=2 --hostname=box.example.com busybox:1.36 sleep infinity",
    {
      hostname: "box.example.com",
      env: [
        { key: "A", value: "1" },
        { key: "B", value: "2" },
      ],
    },
  ],
  [
    "docker run -d --memory=512m --memory-swap=1g --memory-reservation 256m --cpus=1.5 --cpu-shares 512 --cpuset-cpus=0-1 --pids-limit 200 --oom-score-adj=-500 nginx",
    {
      memory: 512 * 1024 ** 2,
      memorySwap: 1024 ** 3,
      memoryReservation: 256 * 1024 ** 2,
      cpus: 1.5,
      cpuShares: 512,
      cpusetCpus: "0-1",
      pidsLimit: 200,
      oomScoreAdj: -500,
    },
  ],
  [
    "docker run -m 300M --memory-swap -1 -it ubuntu:14.04 /bin/bash",
    { memorySwap: -1, memory: 300 * 1024 ** 2 },
  ],
  [
    "docker run -it --device-read-bps /dev/sda:1mb --device-write-bps=/dev/sda:1024 --device-read-iops=/dev/sda:1000 --device-write-iops /dev/sda:10 --blkio-weight 300 ubuntu",
    {
      deviceReadBps: [{ path: "/dev/sda", rate: 1024 ** 2 }],
      deviceWriteBps: [{ path: "/dev/sda", rate: 1024 }],
      deviceReadIops: [{ path: "/dev/sda", rate: 1000 }],
      deviceWriteIops: [{ path: "/dev/sda", rate: 10 }],
      blkioWeight: 300,
    },
  ],
  [
    `docker run -d --name web --health-cmd='curl -f http://localhost/ || exit 1' --health-interval=1m30s --health-timeout=10s --health-retries=3 --health-start-period 40s nginx`,
    {
      healthCmd: "curl -f http://localhost/ || exit 1",
      healthIntervalMs: 90_000,
      healthTimeoutMs: 10_000,
      healthRetries: 3,
      healthStartPeriodMs: 40_000,
    },
  ],
  ["docker run -d --no-healthcheck --name quiet nginx", { noHealthcheck: true }],
  [
    "docker run -d --log-driver json-file --log-opt max-size=10m --log-opt max-file=3 --log-opt tag='{{.Name}}/{{.ID}}' alpine ping 127.0.0.1",
    {
      logDriver: "json-file",
      logOpts: [
        { key: "max-size", value: "10m" },
        { key: "max-file", value: "3" },
        { key: "tag", value: "{{.Name}}/{{.ID}}" },
      ],
    },
  ],
  [
    "docker run -d --tmpfs /run:rw,noexec,nosuid,size=65536k --tmpfs /tmp my_image",
    {
      tmpfs: [
        { target: "/run", options: "rw,noexec,nosuid,size=65536k" },
        { target: "/tmp", options: "" },
      ],
    },
  ],
  [
    "docker run -d -it --name tmptest --mount type=tmpfs,destination=/app,tmpfs-size=64m,tmpfs-mode=1770 nginx:latest",
    { mounts: [{ type: "tmpfs", target: "/app", size: 64 * 1024 ** 2, mode: 0o1770 }] },
  ],
  [
    `docker run -d --name nfs-service --mount 'type=volume,src=nfsvolume,target=/nfs,volume-driver=local,volume-opt=type=nfs,volume-opt=device=:/var/docker-nfs,"volume-opt=o=addr=10.0.0.10,rw,nfsvers=4"' nginx:latest`,
    {
      mounts: [
        {
          type: "volume",
          source: "nfsvolume",
          target: "/nfs",
          driver: "local",
          options: [
            { key: "type", value: "nfs" },
            { key: "device", value: ":/var/docker-nfs" },
            { key: "o", value: "addr=10.0.0.10,rw,nfsvers=4" },
          ],
          labels: [],
        },
      ],
    },
  ],
  [
    "docker run --rm --volumes-from dbstore -v /srv/backup:/backup ubuntu tar cvf /backup/backup.tar /dbdata",
    { volumesFrom: ["dbstore"] },
  ],
  [
    "docker run -it --rm --pid=container:my-redis --network container:my-redis nicolaka/netshoot",
    { pid: "container:my-redis", network: "container:my-redis" },
  ],
  [
    "docker run -itd --network=my-net --ip=10.10.9.75 --network-alias db --network-alias=database --link some-mysql:m busybox",
    { ip: "10.10.9.75", aliases: ["db", "database"], links: ["some-mysql:m"] },
  ],
  [
    "docker run --entrypoint '' -it --rm alpine:3.20 /bin/sh -c 'echo \"it'\\''s $HOME\"'",
    { entrypoint: "", command: ["/bin/sh", "-c", 'echo "it\'s $HOME"'] },
  ],
  [
    `docker run --rm --entrypoint=/bin/sh alpine -ec "echo \\"a \\$b\\"; exit 3"`,
    { entrypoint: "/bin/sh", command: ["-ec", 'echo "a $b"; exit 3'] },
  ],
  [
    'docker run -d --name=ddns -e \'CONFIG={"settings": [{"provider": "namecheap", "domain": "example.com"}]}\' -p 8000:8000/tcp qmcgaw/ddns-updater',
    {
      env: [
        {
          key: "CONFIG",
          value: '{"settings": [{"provider": "namecheap", "domain": "example.com"}]}',
        },
      ],
    },
  ],
  [
    "docker run --init --stop-signal=SIGINT --stop-timeout 30 -u www-data --group-add audio --group-add 1001 -d php:8-fpm",
    { init: true, stopSignal: "SIGINT", stopTimeoutMs: 30_000, groupAdd: ["audio", "1001"] },
  ],
  [
    "docker run -d --security-opt=no-new-privileges:true --security-opt apparmor=unconfined --security-opt seccomp=unconfined --cap-drop=ALL --cap-add CHOWN nginx",
    {
      securityOpt: ["no-new-privileges:true", "apparmor=unconfined", "seccomp=unconfined"],
      capDrop: ["ALL"],
    },
  ],
  [
    "docker run -d -P --expose 8080 --expose=7000-7002/udp --ipc=host --uts=host --userns=host ubuntu",
    {
      publishAll: true,
      expose: [
        { ports: { from: 8080, to: 8080 }, protocol: "tcp" },
        { ports: { from: 7000, to: 7002 }, protocol: "udp" },
      ],
      ipc: "host",
      uts: "host",
      userns: "host",
    },
  ],
  [
    "docker run -d -p 10000-10003:20000-20003/udp -p 8000-8010:80 -p 127.0.0.1::5432 -p 6000 asterisk",
    {
      ports: [
        { host: { from: 10000, to: 10003 }, container: { from: 20000, to: 20003 }, protocol: "udp" },
        { host: { from: 8000, to: 8010 }, container: { from: 80, to: 80 }, protocol: "tcp" },
        { ip: "127.0.0.1", container: { from: 5432, to: 5432 }, protocol: "tcp" },
        { container: { from: 6000, to: 6000 }, protocol: "tcp" },
      ],
    },
  ],
  [
    "docker create --name later --platform linux/amd64 --pull never -h later --dns-search example.com --dns-option ndots:2 --mac-address 92:d0:c6:0a:29:33 busybox true",
    {
      platform: "linux/amd64",
      pull: "never",
      dnsSearch: ["example.com"],
      dnsOptions: ["ndots:2"],
      mac: "92:d0:c6:0a:29:33",
      detach: false,
    },
  ],
  [
    "podman run -d -v web:/usr/share/nginx/html:Z -v /srv/conf:/etc/nginx/conf.d:ro,z docker.io/library/nginx:1.27-alpine",
    {
      volumes: [
        { kind: "volume", source: "web", target: "/usr/share/nginx/html", modes: ["Z"] },
        { kind: "bind", source: "/srv/conf", target: "/etc/nginx/conf.d", modes: ["ro", "z"] },
      ],
    },
  ],
  [
    "docker run -a stdout -a stderr -i --cgroup-parent=/mine --cpu-period=50000 --cpu-quota 25000 --memory-swappiness=0 -m 64m --oom-kill-disable --device-cgroup-rule='c 42:* rmw' ubuntu cat   # reads standard input",
    {
      attach: ["stdout", "stderr"],
      cpuPeriod: 50_000,
      cpuQuota: 25_000,
      memorySwappiness: 0,
      oomKillDisable: true,
      deviceCgroupRules: ["c 42:* rmw"],
      command: ["cat"],
    },
  ],
];
