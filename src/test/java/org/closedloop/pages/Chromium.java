package org.closedloop.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The browser of these tests, started once for all of them: the machine's own Chromium, driven through the driver that the
 * pages' tools bring. Where there is none it is installed the platform's way, and where that cannot be, the tests fail and
 * say what to do; they are never skipped.
 */
final class Chromium {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync");

  private static Browser browser;

  private Chromium() {}

  /** Started when the first test asks, closed with the tests. For one thread, as Playwright is. */
  static synchronized Browser browser() {
    if (browser == null) {
      try {
        browser = start();
      } catch (IOException e) {
        throw new IllegalStateException("the driver of the browser could not be put in its place", e);
      }
    }
    return browser;
  }

  private static Browser start() throws IOException {
    Path chromium = find().or(Chromium::installed).orElseThrow(() -> new IllegalStateException(
        "The browser tests need Chromium and found none on the PATH. Install it (Debian: apt-get install chromium"
            + " fonts-noto-cjk) and run again.\n浏览器测试需要 Chromium，PATH 中没有找到，请安装后重试。"));
    System.setProperty("playwright.cli.dir", driver().toString());
    Playwright playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser launched = playwright.chromium().launch(
        new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(ARGUMENTS));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    return launched;
  }

  /** A folder as the driver is expected in: Node, and the package beside it. */
  private static Path driver() throws IOException {
    Path folder = Path.of("target/playwright", String.valueOf(ProcessHandle.current().pid())).toAbsolutePath();
    Files.createDirectories(folder);
    link(folder.resolve("node"), onPath("node").orElseThrow(() -> new IllegalStateException("no node on the PATH")));
    link(folder.resolve("package"), Path.of("src/main/web/node_modules/playwright-core").toAbsolutePath());
    return folder;
  }

  private static void link(Path link, Path to) throws IOException {
    try {
      if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(to)) {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, to);
      }
    } catch (FileAlreadyExistsException e) {
      // other tests run beside these and have just made the same one
    }
  }

  private static Optional<Path> find() {
    return NAMES.stream().flatMap(n -> onPath(n).stream()).findFirst();
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable).findFirst();
  }

  private static Optional<Path> installed() {
    if (onPath("apt-get").isEmpty() || !"root".equals(System.getProperty("user.name"))) {
      return Optional.empty();
    }
    run("apt-get", "-q", "update");
    run("apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends", "chromium",
        "fonts-noto-cjk");
    return find();
  }

  private static void run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(Path.of("target/chromium-install.log").toFile());
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      Process process = builder.start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
