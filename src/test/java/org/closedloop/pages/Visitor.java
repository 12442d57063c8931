package org.closedloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.closedloop.Caller;

/**
 * One person in front of one browser window. Whatever the window says in its console, and whomever it asks but its own
 * host, is noted and fails {@link #content}. A failing test leaves a trace in {@code target/traces}.
 */
final class Visitor implements AutoCloseable {

  /** Sizes and languages the pages are made for. */
  enum Window {
    DESK_ZH(1440, 900, "zh-CN"), DESK_EN(1440, 900, "en"), PHONE_ZH(390, 844, "zh-CN"), PHONE_EN(390, 844, "en");

    final int width;
    final int height;
    final String language;

    Window(int width, int height, String language) {
      this.width = width;
      this.height = height;
      this.language = language;
    }

    boolean phone() {
      return width < 500;
    }
  }

  /** Text that does not fit its box, and boxes that do not fit the window. An ellipsis is fine where the whole is a title. */
  private static final String CUT = """
      () => {
        const found = [];
        if (document.documentElement.scrollWidth > window.innerWidth + 1) {
          found.push('the page is wider than the window');
        }
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
          const box = e.getBoundingClientRect();
          if (!own || !box.width || e.closest('.read-only-aloud, [aria-hidden=true], svg, .fjs-powered-by')) {
            continue;
          }
          const style = getComputedStyle(e);
          const hidden = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
          const told = e.title || e.closest('[title]');
          if (hidden && e.scrollWidth > e.clientWidth + 1 && !told) {
            found.push(e.tagName + ' ' + e.className + ': ' + e.textContent.trim().slice(0, 60));
          }
          if (e.matches('button, h1, h2, label, dt') && style.display !== 'inline' && e.scrollWidth > e.clientWidth + 1 && !told
              && !hidden) {
            found.push('overflows: ' + e.tagName + ' ' + e.className + ': ' + e.textContent.trim().slice(0, 60));
          }
        }
        return found;
      }""";

  private final BrowserContext context;
  private final Page page;
  private final String name;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  /** The trace, not the page, reads the pictures that a page made itself. */
  private final List<String> expected = new ArrayList<>(List.of("Connecting to 'blob:"));
  private boolean well;

  Visitor(Caller caller, String name, Window window) {
    String base = caller.base();
    this.name = name;
    this.context = Chromium.browser().newContext(new Browser.NewContextOptions().setBaseURL(base)
        .setViewportSize(window.width, window.height).setLocale(window.language).setTimezoneId("Asia/Shanghai")
        // what is fading has other colours than when it is there; who asked for less motion sees none of that
        .setReducedMotion(ReducedMotion.REDUCE).setHasTouch(window.phone()).setIsMobile(window.phone()).setGeolocation(38.7085, 111.5808));
    context.tracing().start(new Tracing.StartOptions().setSnapshots(true));
    context.setDefaultTimeout(20_000);
    this.page = context.newPage();
    page.onConsoleMessage(m -> {
      // who left three windows a moment ago gets no fourth stream; pages live without
      boolean noPlace = m.text().contains("429") && m.location().contains("/api/alerts/stream");
      if ((m.type().equals("error") || m.type().equals("warning")) && !noPlace) {
        faults.add(m.type() + " in the console: " + m.text() + " " + m.location());
      }
    });
    page.onPageError(e -> faults.add("uncaught: " + e));
    page.onRequest(r -> {
      if (!r.url().startsWith(base) && !r.url().startsWith("data:") && !r.url().startsWith("blob:")) {
        faults.add("asks another host: " + r.url());
      }
    });
  }

  Page page() {
    return page;
  }

  Visitor opens(String path) {
    page.navigate(path);
    return this;
  }

  /** Logs in by hand, as somebody who knows the password. */
  Visitor logsIn(String path, String username) {
    return logsIn(path, username, Caller.DEMO_PASSWORD);
  }

  Visitor logsIn(String path, String username, String password) {
    page.navigate(path);
    page.locator("input[name=username]").fill(username);
    page.locator("input[name=password]").fill(password);
    page.locator("button[type=submit]").click();
    page.locator("form.log-in").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    return this;
  }

  /** Waits until nothing is being loaded any more. */
  Visitor settled() {
    page.waitForFunction("() => !document.querySelector('[aria-busy=true]')");
    return this;
  }

  /** Waits until the page is there, and nothing is being loaded any more. */
  Visitor drawn() {
    page.locator("h1, .state").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    return settled();
  }

  /** What is provoked on purpose is no fault: words of the browser's console that are expected from now on. */
  Visitor expects(String... words) {
    expected.addAll(List.of(words));
    return this;
  }

  /** Nothing was said in the console, and nobody else was asked. */
  Visitor isQuiet(String where) {
    assertThat(faults).as("%s at %s", name, where).allMatch(f -> expected.stream().anyMatch(f::contains));
    return this;
  }

  /** Nothing of what this person sees is wrong: console, hosts, accessibility, cut text. */
  Visitor content(String where) {
    isQuiet(where);
    var violations = new AxeBuilder(page).setLegacyMode(true).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
        // the form viewer's own notice, which its licence asks to stay as it is
        .exclude(".fjs-powered-by").analyze().getViolations();
    assertThat(violations).as("%s at %s: accessibility", name, where)
        .extracting(v -> v.getId() + ": " + v.getNodes().stream().map(n -> n.getHtml() + " " + n.getFailureSummary()).toList())
        .isEmpty();
    assertThat((List<?>) page.evaluate(CUT)).as("%s at %s: cut text", name, where).isEmpty();
    return this;
  }

  /** The end of a test that went well: its trace is not needed. */
  void leavesContent() {
    well = true;
  }

  @Override
  public void close() {
    context.tracing().stop(well ? new Tracing.StopOptions()
        : new Tracing.StopOptions().setPath(Path.of("target/traces", name.replaceAll("\\W+", "-") + ".zip")));
    context.close();
  }
}
