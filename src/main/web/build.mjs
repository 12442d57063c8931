/*
 * Builds the pages for the jar: installs what the lock file names when that changed, derives the types of the API,
 * bundles, and lays a compressed copy beside every file. With `test`: checks types and runs the tests of the pages.
 * Called by the Maven build; works by hand as well.
 */
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const here = fileURLToPath(new URL('.', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`页面构建需要 Node.js 20.19 或更新版本，当前为 ${process.versions.node}。\n`
    + `The pages need Node.js 20.19 or newer to be built; this is ${process.versions.node}.`)
}
const windows = process.platform === 'win32'

install()
tool('openapi-typescript', 'lib/api/openapi.json', '--output', 'lib/api/schema.d.ts')
if (process.argv.includes('test')) {
  await Promise.all([beside('vue-tsc', '--noEmit'), beside('vitest', 'run', '--reporter=dot')])
} else {
  tool('vite', 'build', '--logLevel', 'warn')
  tool('vite', 'build', '--logLevel', 'warn', '--mode', 'report')
  tool('vite', 'build', '--logLevel', 'warn', '--mode', 'worker')
  compress(join(here, '../../../target/classes/static/assets'))
}

/** Only when the lock file is not the one that was installed: everything else would ask the network at every build. */
function install() {
  const stamp = join(here, 'node_modules/.installed')
  const wanted = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return
  }
  run(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

function tool(name, ...args) {
  run(bin(name), args)
}

/** Runs while others run: none of them writes anything. */
async function beside(name, ...args) {
  try {
    await promisify(execFile)(bin(name), args, { cwd: here, shell: windows, maxBuffer: 64 * 1024 * 1024 })
  } catch (e) {
    failed(bin(name), args, e)
  }
}

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], shell: windows })
  } catch (e) {
    failed(command, args, e)
  }
}

function bin(name) {
  return join(here, 'node_modules/.bin', windows ? `${name}.cmd` : name)
}

function failed(command, args, e) {
  fail(`${e.stdout ?? ''}${e.stderr ?? ''}\n${command} ${args.join(' ')}: ${e.message.split('\n')[0]}`)
}

function compress(folder) {
  for (const name of readdirSync(folder)) {
    if (/\.(js|css|svg)$/.test(name)) {
      const file = join(folder, name)
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
    }
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
