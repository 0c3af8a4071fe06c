import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Each test has a program and a database of its own; two of them wait for each other's pages rather than for the machine.
  workers: 2,
  fullyParallel: false,
  // A second try tells a slow machine from a broken page; the report names what needed it as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: { launchOptions, viewport: { width: 1440, height: 900 }, trace: "retain-on-failure" },
});
