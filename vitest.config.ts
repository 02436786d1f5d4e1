import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Tests run on the sources: the condition '@rserpool/source' of each package's exports points at src/,
// so that no build is needed. Inline projects with `extends: true` inherit it, globbed ones would not.
const packages: string[] = readdirSync(new URL('./packages', import.meta.url));

export default defineConfig({
  resolve: { conditions: ['@rserpool/source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['@rserpool/source', 'module', 'node', 'development|production'] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] === undefined ? ['default'] : ['default'],
    projects: packages.map((name) => ({
      extends: true as const,
      test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
    })),
  },
});
