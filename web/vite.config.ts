import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockApi } from "./dev/mock.ts";

const server = process.env.PINGXIN_SERVER;

export default defineConfig(({ command, mode }) => ({
  plugins: [react(), ...(command === "serve" && mode === "development" && !server ? [mockApi()] : [])],
  server: server ? { proxy: { "/api": { target: server, changeOrigin: true } } } : {},
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        advancedChunks: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|react-router|scheduler)\//, priority: 30 },
            // What many pages share comes in one piece, not in a request for each widget.
            { name: "widgets", test: /node_modules\/(antd|@rc-component|@ant-design|dayjs)\//, minShareCount: 8, priority: 15 },
            { name: "desk", test: /\/src\//, minShareCount: 8, priority: 10 },
            { name: "data", test: /node_modules\/(@tanstack|openapi-fetch|i18next|react-i18next)\//, priority: 20 },
          ],
        },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
}));
