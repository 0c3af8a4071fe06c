import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser";

/** `npm run screenshots`: every screen in every size, language and theme, into results/screenshots. */
export default defineConfig({
  testDir: "screenshots",
  outputDir: "results/screenshot-run",
  timeout: 300_000,
  workers: 1,
  reporter: "list",
  use: { launchOptions },
});
