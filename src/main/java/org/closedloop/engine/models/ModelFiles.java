package org.closedloop.engine.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Finds models where they lie: {@code processes/<unit>/*.bpmn|dmn} and {@code forms/<unit>/*.form}, in the jar or in a
 * folder. The answer is unit → file name → content.
 */
public final class ModelFiles {

  /** One byte more than any rule allows, so that a huge file is found too large without being read. */
  private static final int MOST_READ = 2_000_001;
  private static final Pattern PLACE =
      Pattern.compile(".*/(?:processes/([^/.]+)/([^/]+\\.(?:bpmn|dmn))|forms/([^/.]+)/([^/]+\\.form))");

  private ModelFiles() {}

  /** The models the product ships. */
  public static Map<String, Map<String, byte[]>> packaged() {
    PathMatchingResourcePatternResolver finder = new PathMatchingResourcePatternResolver();
    Map<String, Map<String, byte[]>> units = new TreeMap<>();
    for (String pattern : List.of("processes/*/*.bpmn", "processes/*/*.dmn", "forms/*/*.form")) {
      try {
        for (Resource resource : finder.getResources("classpath*:" + pattern)) {
          try (InputStream content = resource.getInputStream()) {
            put(units, resource.getURL().getPath(), content.readNBytes(MOST_READ));
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return units;
  }

  /** The models in a folder that has {@code processes/} and {@code forms/}; what vanishes meanwhile is left out. */
  public static Map<String, Map<String, byte[]>> in(Path folder) {
    Map<String, Map<String, byte[]>> units = new TreeMap<>();
    for (Path file : list(folder)) {
      try (InputStream content = Files.newInputStream(file)) {
        put(units, place(file), content.readNBytes(MOST_READ));
      } catch (NoSuchFileException gone) {
        // Saved by replacing it; the next look finds it.
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return units;
  }

  /** Something that changes when a model of the unit does: sizes and times of its files. */
  static Map<String, String> states(Path folder) {
    Map<String, String> states = new TreeMap<>();
    for (Path file : list(folder)) {
      Matcher place = PLACE.matcher(place(file));
      if (place.matches()) {
        try {
          states.merge(unit(place), file.getFileName() + " " + Files.size(file) + " "
              + Files.getLastModifiedTime(file) + " " + Files.readAttributes(file, "fileKey") + "\n", String::concat);
        } catch (IOException gone) {
          states.merge(unit(place), file.getFileName() + " gone\n", String::concat);
        }
      }
    }
    return states;
  }

  private static List<Path> list(Path folder) {
    return Stream.of("processes", "forms").map(folder::resolve).filter(Files::isDirectory).flatMap(kind -> {
      try (Stream<Path> files = Files.walk(kind, 2)) {
        return files.filter(Files::isRegularFile).filter(file -> PLACE.matcher(place(file)).matches()).sorted()
            .toList().stream();
      } catch (IOException | UncheckedIOException changedMeanwhile) {
        return Stream.empty();
      }
    }).toList();
  }

  private static String place(Path file) {
    return "/" + file.subpath(file.getNameCount() - 3, file.getNameCount()).toString().replace('\\', '/');
  }

  private static void put(Map<String, Map<String, byte[]>> units, String path, byte[] content) {
    Matcher place = PLACE.matcher(path);
    if (place.matches()) {
      units.computeIfAbsent(unit(place), key -> new TreeMap<>())
          .put(place.group(2) == null ? place.group(4) : place.group(2), content);
    }
  }

  private static String unit(Matcher place) {
    return place.group(1) == null ? place.group(3) : place.group(1);
  }
}
