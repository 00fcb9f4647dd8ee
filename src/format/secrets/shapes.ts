/**
 * One shape a secret takes in a text: `lead` stands before it (or, for what is known by itself, is empty, with the secret
 * looked ahead at), `value` is the secret from there on, sticky. Without one it is a value as a shell or JSON writes it.
 */
export type Shape = { lead: RegExp; value?: RegExp };

/** Parts of a name whose value is a secret: PASSWORD, apiToken, SECRET_KEY, MYSQL_PWD; not the author of something. */
const names = "pass|secret|token|key|credential|auth(?!or)|dsn|private|cookie|(?<=[a-z0-9][_-])pwd(?![a-z])";

/** Parts of an option's name that is followed by a secret, so that what follows is not where one can be read. */
const options =
  "(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|private|secret|encryption|signing|auth|account)[-_]?key)";
const option = `--?(?:[a-z0-9]{1,30}[-_.]){0,5}[a-z]{0,30}${options}(?:[-_][a-z]{1,30}){0,5}`;

/** Whether the value of that name is a secret. */
export const secretName = new RegExp(names, "i");

/** Whether the word behind that word is a secret. */
export const secretOption = new RegExp(`^(?!.*-(?:stdin|file|path|dir)$)${option}$`, "i");

/** Programs that take a secret by a letter: `glued` to it, or as the next word; of some only what is behind a colon. */
export const clients: readonly {
  program: string;
  flag: string;
  glued?: true;
  next?: true;
  behind?: string;
}[] = [
  { program: "(?:mysql|mariadb)[a-z_-]*", flag: "-p", glued: true },
  { program: "sshpass", flag: "-p", glued: true, next: true },
  { program: "mongo[a-z]*", flag: "-p", glued: true, next: true },
  { program: "redis-cli", flag: "-a", next: true },
  { program: "ldap[a-z]+", flag: "-w", next: true },
  { program: "mosquitto_[a-z]+", flag: "-P", next: true },
  { program: "(?:curl|wget)", flag: "(?:-u|--user)", glued: true, next: true, behind: ":" },
  { program: "smbclient", flag: "-U", glued: true, next: true, behind: "%" },
];

const global = (source: string) => new RegExp(source, "gi");

/** What begins behind a name goes on to the next one: "a=b;c=d", "a=b,c=d", "a=b&c=d". */
const field = /(?:[^\s'"`)}\]<>|;,&]|[;,&](?!\s*[\w.-]+\s*=|\s|$))+/y;

const clientShapes: readonly Shape[] = clients.map(({ program, flag, glued, next, behind }) => {
  const gap = glued && next ? "\\s*" : glued ? "" : "\\s+";
  const user = behind === undefined ? "" : `['"]?[^\\s'"${behind}]{1,200}${behind}`;
  return {
    // Case matters: -P is a port where -p is a password.
    lead: new RegExp(
      `(?<![\\w-])${program}\\s(?:[^;|&\\n]{0,300}?\\s)?['"]?${flag}${gap}${user}(?=[^\\s-])`,
      "g",
    ),
    ...(behind === undefined ? {} : { value: /[^\s'"]+/y }),
  };
});

/** Every shape, tried one after another. */
export const shapes: readonly Shape[] = [
  // PASSWORD=…, "password": "…", Password = …;
  { lead: global(`(?:${names})[\\w.-]{0,64}(?:=|\\s=\\s)(?!=)`), value: field },
  { lead: global(`(?:${names})[\\w.-]{0,64}\\\\{0,3}["']\\s*:\\s*`) },
  { lead: global(";\\s*(?:[\\w ]{0,40}password|pwd)\\s*=\\s*"), value: /[^;'"]+/y },
  { lead: global(`(?<![\\w-])(?!\\S{0,90}-(?:stdin|file|path|dir)\\s)${option}\\s+(?=[^\\s-])`) },
  // Headers, to the end of the word that a shell would quote; "Bearer …" wherever it stands.
  {
    lead: global(
      "(?:authorization|cookie|x-[\\w-]{0,40}(?:token|key|auth|secret)[\\w-]{0,40}|api-?key)\\s*:\\s*",
    ),
    value: /(?:(?!\s(?:-|[a-z]+:\/\/))[^'"\r\n])+/y,
  },
  { lead: global("\\b(?:bearer|basic)\\s+(?=[^\\s'\"]{0,300}[\\d=._-])"), value: /[\w.~+/=-]{6,}/y },
  // scheme://user:password@host
  { lead: global("\\b[a-z][a-z0-9+.-]{0,30}:\\/\\/(?=[^\\s/@'\"]{1,300}@)"), value: /[^\s/'"]*(?=@)/y },
  // Known by themselves: tokens of services, JSON web tokens, private keys.
  {
    lead: /\b(?=(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|npm_|dckr_pat_|hf_)\w{16})/g,
    value: /[\w-]+/y,
  },
  { lead: /\b(?=eyJ[\w-]{8,}\.eyJ)/g, value: /[\w.-]+/y },
  { lead: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g, value: /[\s\S]*?(?=-----END|$)/y },
  ...clientShapes,
];
