import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests run on the sources: the condition '@rserpool/source' of each package's exports points at src/,
// so that no build is needed. Inline projects with `extends: true` inherit it, globbed ones would not.
const conditions: string[] = ['@rserpool/source', 'module', 'node', 'development|production'];
const directory: string = fileURLToPath(new URL('./packages/', import.meta.url));
const packages: string[] = readdirSync(directory).filter((name) =>
  existsSync(`${directory}${name}/package.json`),
);

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: packages.map((name) => ({
      extends: true as const,
      test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
    })),
  },
});
