import { expect, test } from "vitest";
import { readAnswers } from "../../../src/actions/containers/run/answers.ts";
import { pastedLine } from "../../../src/actions/containers/run/form.ts";
import type { Answers } from "../../../src/actions/question.ts";

/** The form that a line fills in, and the lines of it that are wrong. */
function pasted(line: string) {
  const answers: Answers = pastedLine(line)?.answers ?? {};
  return { answers, faults: readAnswers(answers).faults };
}

test.each<[line: string, field: string, stays: string]>([
  ["-d --name db -v $PWD/data:/var/lib/data nginx", "volume", "$PWD/data:/var/lib/data"],
  ["-v x:/b -v `pwd`:/a nginx", "volume", "x:/b `pwd`:/a"],
  ["--volume=$(pwd)/a:/a nginx", "volume", "$(pwd)/a:/a"],
  ["-v$PWD:/a nginx", "volume", "$PWD:/a"],
  ["-v ./data:/data nginx", "volume", "./data:/data"],
  ["-v ~/data:/data nginx", "volume", "~/data:/data"],
  ['-e "KEY=$KEY" nginx', "env", '"KEY=$KEY"'],
  ["-e HOME nginx", "env", "HOME"],
  ["-u $UID nginx", "user", '"$UID"'],
  ["--hostname=$HOST nginx", "hostname", '"$HOST"'],
  ['--health-cmd "curl $URL" nginx', "health-cmd", '"curl $URL"'],
  ["--env-file .env nginx", "env-file", ".env"],
  ["--memory 12x nginx", "memory", "12x"],
  ["--cap-add A,B nginx", "cap-add", "A,B"],
  ["--sysctl net.core.somaxconn=$N nginx", "more", "--sysctl net.core.somaxconn=$N"],
  ["--privileged=maybe nginx", "more", "--privileged=maybe"],
  ["--cidfile /tmp/x nginx", "more", "--cidfile /tmp/x"],
  ["--frobnicate=x nginx", "more", "--frobnicate=x"],
  ["--frobnicate x nginx", "more", "--frobnicate x nginx"],
  ["\u2013name web nginx", "more", "\u2013name web"],
  ["$IMAGE", "image", "$IMAGE"],
  ['nginx sh -c "echo $X; app"', "command", 'sh -c "echo $X; app"'],
  ["nginx ls *.txt", "command", "ls *.txt"],
])("what cannot be read stays in its line, which is wrong: %s", (line, field, stays) => {
  const { answers, faults } = pasted(`docker run ${line}`);
  expect(answers[field]).toBe(stays);
  expect(faults[field]).toBeTruthy();
});
