import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The pages, put where the application serves them from. The reporters' page is built apart (`--mode report`): what pages
 * share is as large as the most demanding of them needs it, and that one has to be small. So is the worker behind it
 * (`--mode worker`), whose one file has a name that stays.
 */
export default defineConfig(({ mode }) => ({
  root: here('.'),
  plugins: [vue(), ownHostsOnly(), everyWordTranslated()],
  resolve: { alias: { '@': here('.') } },
  define: {
    // vue-i18n without its compiler for old syntax, and without eval: the pages forbid it
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: here('../../../target/classes/static'),
    emptyOutDir: mode !== 'report' && mode !== 'worker',
    copyPublicDir: mode !== 'worker',
    target: 'es2022',
    // fonts and pictures as files: they are kept by the browser for a year
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      ...(mode === 'worker' ? { output: { format: 'iife' as const, entryFileNames: 'report-worker.js' } } : {}),
      input: (mode === 'worker' ? { 'report-worker': here('report/worker.ts') } : mode === 'report' ? { report: here('report.html') }
        : { desk: here('index.html'), pocket: here('pocket.html') }) as Record<string, string>,
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/login', '/logout'].map(path => [path, 'http://localhost:8080'])),
  },
  test: { environment: 'jsdom', include: ['test/**/*.test.ts'], testTimeout: 20_000 },
}))

/** A library's style names a font on another host; the pages ask their own host only. */
function ownHostsOnly() {
  return {
    name: 'own-hosts-only',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      if (!id.split('?')[0].endsWith('.css') || !/url\((['"]?)(https?:)?\/\//.test(code)) {
        return undefined
      }
      return { code: code.replace(/,?\s*url\((['"]?)(https?:)?\/\/[^)]*\)(\s*format\([^)]*\))?/g, ''), map: null }
    },
  }
}

/** Three words of the form viewer bypass its own translation; a version in which they stand elsewhere fails the build. */
function everyWordTranslated() {
  const words: [string, string][] = [
    ['children: "Browse"', 'children: translate(\'Browse\')'],
    ["placeholder: 'Search',", "placeholder: useService('translate')('Search'),"],
    ["children: valueLabel || 'Select'", "children: (translate => valueLabel || translate('Select'))(useService('translate'))"],
  ]
  return {
    name: 'every-word-translated',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      if (!/form-js-viewer\/dist\/index\.es\.js/.test(id)) {
        return undefined
      }
      return {
        code: words.reduce((text, [from, to]) => {
          if (text.split(from).length !== 2) {
            throw new Error(`the form viewer no longer says ${from} exactly once`)
          }
          return text.replace(from, to)
        }, code),
        map: null,
      }
    },
  }
}
