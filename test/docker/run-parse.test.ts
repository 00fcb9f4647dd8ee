// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are signs of the shell.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRunLine } from "../../src/docker/run/parse.ts";
import { runLine } from "../../src/docker/run/run-line.ts";
import { expectLinear } from "../linear.ts";
import { runLines } from "./run-lines.ts";
import { specs } from "./run-specs.ts";

test("there are enough lines of real life", () => {
  expect(runLines.length).toBeGreaterThanOrEqual(60);
});

test.each(runLines)("reads %s", (line, says) => {
  const { spec, problems } = parseRunLine(line);
  expect(problems).toEqual([]);
  expect(spec).toMatchObject(says);
  expect(parseRunLine(runLine(spec))).toEqual({ spec, problems: [] });
});

test.each<[line: string, problems: string[]]>([
  ["", ["There is no docker run or docker create line here"]],
  ["docker ps -a", ["There is no docker run or docker create line here"]],
  ["docker run -d", ["The line names no image"]],
  ["docker run --name web", ["The line names no image"]],
  ["docker run --name", ["--name has no value: name", "The line names no image"]],
  ["docker run -v $(pwd)/data:/data nginx", ["$(pwd) is the shell's: write the path out"]],
  ['docker run -v "$PWD":/app -w /app node', ["$PWD is the shell's: write the path out"]],
  ["docker run -v ${PWD}:/app node", ["${PWD} is the shell's: write the path out"]],
  ["docker run -v `pwd`:/app node", ["`pwd` is the shell's: write the path out"]],
  ["docker run -v ~/data:/data nginx", ["~ is the shell's: write the path out"]],
  [
    "docker run --volume=~/data:/data nginx",
    ["--volume ~/data:/data has ~/data, where ~ is the shell's: write the path out"],
  ],
  [
    "docker run -v ./data:/data nginx",
    ["-v ./data:/data has ./data, which depends on the shell's folder: write the path out"],
  ],
  [
    'docker run -e "KEY=$KEY" -u $(id -u):$(id -g) nginx',
    [
      "$KEY is the shell's: write the value out",
      "$(id -u) is the shell's: write the value out",
      "$(id -g) is the shell's: write the value out",
    ],
  ],
  ["docker run -e HOME nginx", ["-e HOME takes its value from the shell: write HOME=value"]],
  ["docker run nginx ls *.txt", ["* is the shell's: put it in quotes if the sign itself is meant"]],
  ["docker run --cap-add A,B nginx", ["--cap-add A,B is not a capability: NET_ADMIN, ALL"]],
  ["docker run -e X={a,b} nginx", ["{a,b} is the shell's: write each word out, or put it in quotes"]],
  ["docker run $IMAGE", ["$IMAGE is the shell's: write the value out"]],
  [
    "docker run nginx | tee log",
    [
      "| is the shell's: dockui takes one docker line alone",
      "tee log is not part of the docker run line: it is left out",
    ],
  ],
  [
    "docker run -d nginx && docker ps",
    [
      "&& is the shell's: dockui takes one docker line alone",
      "docker ps is not part of the docker run line: it is left out",
    ],
  ],
  [
    "docker pull nginx; docker run -d nginx",
    [
      "; is the shell's: dockui takes one docker line alone",
      "docker pull nginx is not part of the docker run line: it is left out",
    ],
  ],
  [
    "docker run nginx > out.txt 2>&1",
    [
      "> is the shell's: dockui takes one docker line alone",
      "2>&1 is the shell's: dockui takes one docker line alone",
      "out.txt is not part of the docker run line: it is left out",
    ],
  ],
  [
    "docker run -d \\ \n -p 80:80 nginx",
    [
      "A backslash at the end of a line has a space behind it, so sh does not join the lines: remove the space",
    ],
  ],
  [
    "docker run --name 'web nginx",
    [
      "A ' is opened and not closed: nothing behind it can be trusted",
      "--name 'web nginx is not a name for a container: two or more of a-z A-Z 0-9 _ . -, the first a letter or digit",
      "The line names no image",
    ],
  ],
  ["docker run –name web nginx", ["–name begins with a typographic dash: write --name"]],
  ["FOO=1 docker run nginx", ["FOO=1 is set for the docker command, which dockui does not use"]],
  ["docker -H tcp://web:2375 run nginx", ["-H names an engine: dockui creates on the one that it shows"]],
  [
    "docker --context prod container run nginx",
    ["--context names an engine: dockui creates on the one that it shows"],
  ],
  [
    "docker run --frobnicate --cidfile /tmp/x --isolation=hyperv nginx",
    [
      "--frobnicate is not a flag that dockui knows",
      "--cidfile writes a file, which dockui does not",
      "--isolation is for Windows containers, which dockui does not make",
    ],
  ],
  [
    "docker run --label-file labels.txt --annotation a=b nginx",
    ["--label-file reads a file: write its labels out with --label", "--annotation is not supported"],
  ],
  ["docker run -p 99999:80 nginx", ["-p 99999:80 has 99999, which is not a port from 1 to 65535"]],
  [
    "docker run -p http:80 nginx",
    ["-p http:80 is not a port: 8080:80, 127.0.0.1:53:53/udp, 8000-8010:8000-8010"],
  ],
  ["docker run -p 1.2.3:80:80 nginx", ["-p 1.2.3:80:80 has 1.2.3, which is not an IP address"]],
  [
    "docker run -p 80:80/icmp nginx",
    ["-p 80:80/icmp has the protocol icmp, which is none of tcp, udp, sctp"],
  ],
  ["docker run -p 8000-8002:80-81 nginx", ["-p 8000-8002:80-81 has ranges of different lengths"]],
  ["docker run --expose web nginx", ["--expose web is not a port: 80, 7000-7010/udp"]],
  ["docker run --memory 12x nginx", ["--memory 12x is not a size: 512m, 2g"]],
  ["docker run -m 4m nginx", ["-m 4m is too little: at least 6m"]],
  ["docker run --memory-swap 1g nginx", ["--memory-swap needs --memory: it is the limit of both together"]],
  [
    "docker run -m 1g --memory-swap 512m nginx",
    ["--memory-swap is less than --memory: it is the limit of both together"],
  ],
  [
    "docker run --cpus lots --cpuset-cpus 3-1 nginx",
    ["--cpus lots is not a number of CPUs: 0.5, 2", "--cpuset-cpus 3-1 is not a list of CPUs: 0-2,4"],
  ],
  [
    "docker run --restart sometimes nginx",
    ["--restart sometimes is not a restart policy: no, always, unless-stopped, on-failure[:n]"],
  ],
  ["docker run --restart always:3 nginx", ["--restart always:3 counts retries, which only on-failure does"]],
  [
    "docker run --rm --restart=always nginx",
    ["--rm and --restart exclude each other: a container that is removed cannot be started again"],
  ],
  [
    "docker run --name 'my web' nginx",
    [
      "--name my web is not a name for a container: two or more of a-z A-Z 0-9 _ . -, the first a letter or digit",
    ],
  ],
  ["docker run Nginx", ["Nginx is not the name of an image: nginx, registry:5000/team/app:1.2"]],
  ["docker run -e =x -l =y nginx", ["-e =x has no name: NAME=value", "-l =y has no name: key=value"]],
  ["docker run --health-interval 5 nginx", ["--health-interval 5 is not a duration: 30s, 1m30s, 500ms"]],
  ["docker run --health-interval 100us nginx", ["--health-interval 100us is too short: at least 1ms"]],
  [
    "docker run --no-healthcheck --health-retries 3 nginx",
    ["--no-healthcheck and the --health-… flags exclude each other"],
  ],
  ["docker run -v data nginx", ["-v data has data, which is not an absolute path inside the container"]],
  ["docker run -v /a:/b:c:d nginx", ["-v /a:/b:c:d is not a mount: /on/host:/inside:ro"]],
  [
    "docker run -v /a:/b:rx nginx",
    [
      "-v /a:/b:rx has the mode rx: a bind mount takes shared, slave, private, rshared, rslave, rprivate, ro, rw, z, Z, cached, delegated, consistent",
    ],
  ],
  [
    "docker run -v a/b:/c nginx",
    ["-v a/b:/c has a/b, which is neither an absolute path nor a volume's name"],
  ],
  ["docker run -v /a:/ nginx", ["-v /a:/ would hide the whole container: a mount cannot lie at /"]],
  ["docker run -v /a:/x -v data:/x/ nginx", ["two mounts lie at the same path inside the container"]],
  [
    "docker run --mount type=bind,target=/x nginx",
    ["--mount type=bind,target=/x has no source: source=/on/host"],
  ],
  [
    "docker run --mount type=volume,source=a nginx",
    ["--mount type=volume,source=a has no target: target=/inside"],
  ],
  [
    "docker run --mount type=npipe,source=a,target=/b nginx",
    ["--mount type=npipe,source=a,target=/b has the type npipe, which is not supported: bind, volume, tmpfs"],
  ],
  [
    "docker run --mount type=tmpfs,target=/b,volume-nocopy nginx",
    [
      "--mount type=tmpfs,target=/b,volume-nocopy has volume-nocopy, which a mount of the type tmpfs does not know",
    ],
  ],
  ["docker run --network-alias a nginx", ["--network-alias needs a network of your own: --network NAME"]],
  [
    "docker run --network host --ip 10.0.0.1 nginx",
    ["--ip needs a network of your own with a subnet: --network NAME"],
  ],
  [
    "docker run --network container:db -p 80:80 nginx",
    ["ports belong to the container whose network is used: publish them there"],
  ],
  ["docker run --ip 10.0.0 --network a nginx", ["--ip 10.0.0 is not an IPv4 address: 172.30.100.104"]],
  [
    "docker run --add-host db nginx",
    ["--add-host db is not a name with an address: db:10.0.0.5, host.docker.internal:host-gateway"],
  ],
  ["docker run --dns ns1 nginx", ["--dns ns1 is not an IP address"]],
  [
    "docker run --ulimit nofile=10:5 --ulimit files=1 nginx",
    [
      "--ulimit nofile=10:5 has a soft limit above the hard one",
      "--ulimit files=1 is not a ulimit: nofile=1024:2048",
    ],
  ],
  [
    "docker run --sysctl vm.swappiness=1 nginx",
    ["--sysctl vm.swappiness=1 is not a setting of a container: net.core.somaxconn=1024"],
  ],
  [
    "docker run --device-write-bps sda:1mb nginx",
    ["--device-write-bps sda:1mb is not a device with a rate: /dev/sda:10m"],
  ],
  ["docker run --device ttyUSB0 nginx", ["--device ttyUSB0 is not a device: /dev/ttyUSB0:/dev/ttyUSB0:rwm"]],
  ["docker run --blkio-weight 5 nginx", ["--blkio-weight is less than 10: it goes from 10 to 1000, or is 0"]],
  [
    "docker run --pids-limit=-2 -w app nginx",
    ["--pids-limit -2 is not a whole number from -1 on", "-w app is not an absolute path"],
  ],
  ["docker run --rm=maybe nginx", ["--rm maybe is neither true nor false"]],
  [
    "docker run -ix nginx",
    [
      "-x is not a flag that dockui knows, and nginx may be its value: nothing behind it can be trusted",
      "The line names no image",
    ],
  ],
  ["docker run -d -e “A=b c” nginx", ["“A=b c” has typographic quotes: write \" or ' instead"]],
  ["docker run -d --name=‘web nginx", ["‘ has typographic quotes: write \" or ' instead"]],
  [
    "docker\u00a0run -d\u200b nginx",
    ["The line has invisible signs in it, as web pages put them: they are taken for spaces, or for nothing"],
  ],
  ["docker run --pull sometimes nginx", ["--pull sometimes is not one of always, missing, never"]],
  [
    "docker run --security-opt seccomp=/etc/profile.json nginx",
    ["--security-opt seccomp=/etc/profile.json names a file, which dockui does not read"],
  ],
  [
    "docker run --log-driver none --log-opt max-size=1m nginx",
    ["--log-opt has no meaning with --log-driver none"],
  ],
  ["docker run -da stdout nginx", ["--detach and --attach exclude each other"]],
  [
    "docker run --env-file .env nginx",
    ["--env-file .env is not an absolute path, and where the shell is, is not known here: write it out"],
  ],
  ["docker run --network a --network a nginx", ["--network a is given twice"]],
  [
    "docker run --gpus driver=x nginx",
    ["--gpus driver=x is not supported here: all, a number, or device=0,2"],
  ],
  [
    "docker run -p 80:80 --label 'a\u001b]0;x\u0007' -l '=\u001b[2J' nginx",
    ["-l =␛[2J has no name: key=value"],
  ],
])("says what is wrong with %j", (line, problems) => {
  expect(parseRunLine(line).problems).toEqual(problems);
});

test.each([
  "# docker run -d -p 80:80 nginx",
  "root@web:~# docker run -d -p 80:80 nginx",
  "PS C:\\Users> docker run -d `\r\n  -p 80:80 `\r\n  nginx",
  "C:\\> docker run -d ^\r\n  -p 80:80 ^\r\n  nginx\r\n",
  "$ docker run -d \\\n> -p 80:80 \\\n> nginx",
  "sudo -E docker run -d -p 80:80 nginx",
  "```bash\n$ docker run -d -p 80:80 nginx\n```",
  "`docker run -d -p 80:80 nginx`",
  "docker run -d \\\n\n  -p 80:80 \\\n\n  nginx\n\n",
])("reads %j as the command in it", (line) => {
  const { spec, problems } = parseRunLine(line);
  expect(problems).toEqual([]);
  expect(runLine(spec)).toBe("docker run -d -p 80:80 nginx");
});

test.each([
  ["docker run -d --name web –p 8080:80 nginx", "docker run -d --name web nginx"],
  ["docker run —name web nginx", "docker run nginx"],
  ["docker run -d --frobnicate 5 nginx sh", "docker run -d ''"],
])("takes no value of a flag that it cannot read for the image: %s", (line, understood) => {
  expect(runLine(parseRunLine(line).spec)).toBe(understood);
});

test.each([
  ["-p [::1]:8080:80", "-p '[::1]:8080:80'"],
  ["-p :::8081:80", "-p '[::]:8081:80'"],
  ["-e ORIGINS=*", "-e 'ORIGINS=*'"],
  ["-e URL=jdbc:x?y=1", "-e 'URL=jdbc:x?y=1'"],
])("keeps what no shell changes: %s", (written, understood) => {
  const { spec, problems, unread } = parseRunLine(`docker run ${written} nginx`);
  expect({ problems, unread }).toEqual({ problems: [], unread: undefined });
  expect(runLine(spec)).toBe(`docker run ${understood} nginx`);
});

test.each([
  "sudo -u app docker run --name web nginx",
  "sudo -n -u app -g docker docker run --name web nginx",
  "$ sudo --user app -- docker run --name web nginx",
  "ID=$(docker run --name web nginx)",
  'export ID="$(docker run --name web nginx)"',
  "ID=`docker run --name web nginx`",
  "nohup docker run --name web nginx",
  "# nohup docker run --name web nginx",
  "time nice -n 10 docker run --name web nginx",
])("is a run line: %s", (line) => {
  const { spec, problems } = parseRunLine(line);
  expect({ problems, line: runLine(spec) }).toEqual({ problems: [], line: "docker run --name web nginx" });
});

test("what was understood is there, whatever else is wrong", () => {
  const { spec } = parseRunLine("docker run -d --name web --memory 12x -p 80:80 -v $(pwd):/x nginx sh");
  expect(runLine(spec)).toBe("docker run -d --name web -p 80:80 nginx sh");
});

test("writes flags in one order, quoted, and no default", () => {
  const { spec } = parseRunLine(
    "docker run -e 'A=b c' --tty=false --memory 2147483648 -p 80:80/tcp --name x1 -d nginx",
  );
  expect(runLine(spec)).toBe("docker run -d --name x1 -p 80:80 -e 'A=b c' --memory 2g nginx");
});

test("several networks: the flags of aliases and addresses are those of the first", () => {
  const { spec, problems } = parseRunLine(
    "docker run --network a --network name=b,alias=x,ip=10.0.0.2 --network-alias y nginx",
  );
  expect(problems).toEqual([]);
  expect(spec).toMatchObject({
    network: "a",
    aliases: ["y"],
    moreNetworks: [{ name: "b", aliases: ["x"], ip: "10.0.0.2" }],
  });
});

test("what is written is read back the same", () => {
  fc.assert(
    fc.property(specs, (spec) => {
      expect(parseRunLine(runLine(spec))).toEqual({ spec, problems: [] });
    }),
    { numRuns: 300 },
  );
});

test.each(["$(a)", "`a`", "\\a", "$", "${a}", "(", "\\ "])(
  "a text of %s that never closes is given up in linear time",
  (piece) => expectLinear((size) => void parseRunLine(`docker run "${piece.repeat(size)}`), 20_000),
);

test("any text is read without an error and in time", () => {
  const piece = fc.constantFrom(
    ..."docker run -p 80 --name = \\ \n ' \" $ ( ) ` { } [ ] * ~ # ; & | < > -".split(" "),
    " ",
    "\\\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { problems } = parseRunLine(`docker run ${pieces.join("")}`);
      expect(problems.every((problem) => problem.length < 400)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
