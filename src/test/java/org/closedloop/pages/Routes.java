package org.closedloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The addresses that a router of the pages names: read from its source, so that no list can forget a page. */
final class Routes {

  private static final Pattern ROUTE = Pattern.compile("path: '([^']*)'(.*)");
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)(?:\\([^)]*\\))?[?*]*");

  private Routes() {}

  /**
   * @param entry   {@code desk} or {@code pocket}
   * @param samples what to put in place of each parameter; one that is missing fails
   * @return without what only leads elsewhere, and without the page for addresses that are none
   */
  static List<String> of(String entry, Map<String, String> samples) throws IOException {
    String router = Files.readString(Path.of("src/main/web", entry, "router.ts"));
    List<String> found = ROUTE.matcher(router).results()
        .filter(r -> !r.group(2).contains("redirect:") && !r.group(1).contains(":rest"))
        .map(r -> PARAMETER.matcher(r.group(1)).replaceAll(p -> {
          assertThat(samples).as("a sample for %s", r.group(1)).containsKey(p.group(1));
          return samples.get(p.group(1));
        })).toList();
    assertThat(found).as("pages of the %s", entry).hasSizeGreaterThan(3).allMatch(a -> a.startsWith("/"))
        .doesNotHaveDuplicates();
    return found;
  }
}
