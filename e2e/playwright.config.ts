import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  fullyParallel: false,
  retries: 0,
  reporter: "list",
  use: { launchOptions, viewport: { width: 1440, height: 900 }, trace: "retain-on-failure" },
});
