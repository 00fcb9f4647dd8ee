/** What is said of a flag that dockui has not; `takes` when the next word belongs to it. */
type Unsupported = { takes: boolean; why: string };

const has = (why: string): Unsupported => ({ takes: true, why });
const bare = (why: string): Unsupported => ({ takes: false, why });
const windows = has("is for Windows containers, which dockui does not make");

/** Flags of `docker run` that would change something which dockui cannot say, each with what is told about it. */
export const unsupportedFlags: Readonly<Record<string, Unsupported>> = {
  "--annotation": has("is not supported"),
  "--blkio-weight-device": has("is not supported"),
  "--cidfile": has("writes a file, which dockui does not"),
  "--cpu-count": windows,
  "--cpu-percent": windows,
  "--cpu-rt-period": has("is not supported"),
  "--cpu-rt-runtime": has("is not supported"),
  "--health-start-interval": has("is not supported"),
  "--help": bare("only prints docker's help"),
  "--io-maxbandwidth": windows,
  "--io-maxiops": windows,
  "--isolation": windows,
  "--kernel-memory": has("has gone from docker and from the kernel: leave it out"),
  "--label-file": has("reads a file: write its labels out with --label"),
  "--link-local-ip": has("is not supported"),
  "--use-api-socket": bare("is not supported"),
};

/** Flags that make no difference to the container: they are about the docker command itself. */
export const harmlessFlags: Readonly<Record<string, { takes: boolean }>> = {
  "--quiet": { takes: false },
  "-q": { takes: false },
  "--sig-proxy": { takes: false },
  "--disable-content-trust": { takes: false },
  "--detach-keys": { takes: true },
};

/** Flags between `docker` and `run`: none of them changes the container, but some choose another engine. */
export const globalFlags: Readonly<Record<string, { takes: boolean; why?: string }>> = {
  "-D": { takes: false },
  "--debug": { takes: false },
  "-l": { takes: true },
  "--log-level": { takes: true },
  "-H": has("names an engine: dockui creates on the one that it shows"),
  "--host": has("names an engine: dockui creates on the one that it shows"),
  "-c": has("names an engine: dockui creates on the one that it shows"),
  "--context": has("names an engine: dockui creates on the one that it shows"),
  "--config": has("names another configuration of docker, which dockui does not read"),
  "--tls": bare("is about the connection: start dockui with the engine that is meant"),
  "--tlsverify": bare("is about the connection: start dockui with the engine that is meant"),
  "--tlscacert": has("is about the connection: start dockui with the engine that is meant"),
  "--tlscert": has("is about the connection: start dockui with the engine that is meant"),
  "--tlskey": has("is about the connection: start dockui with the engine that is meant"),
};
