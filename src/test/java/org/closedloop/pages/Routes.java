package org.closedloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that the pages have: read from the sources of their routers, so that no list can forget one. */
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
    String router;
    try (Stream<Path> files = Files.walk(Path.of("src/main/web", entry))) {
      // groups of pages bring lists of their own, wherever they stand
      router = files.filter(f -> f.toString().endsWith(".ts") && !f.endsWith("words.ts")).map(Routes::text).collect(Collectors.joining("\n"));
    }
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

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
