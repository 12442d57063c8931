package org.closedloop.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.closedloop.engine.models.ModelFiles;

/** A small case type without a fault (src/test/resources/models), and what becomes of it when one thing is changed. */
public final class SampleUnit {

  public static final String NAME = "sample";
  public static final Path FOLDER = Path.of("src/test/resources/models");

  private SampleUnit() {}

  public static Map<String, byte[]> files() {
    return new TreeMap<>(ModelFiles.in(FOLDER).get(NAME));
  }

  public static String text(String file) {
    return new String(files().get(file), StandardCharsets.UTF_8);
  }

  /** The sample with one text replaced; the text must be there. */
  public static Map<String, byte[]> with(String file, String text, String replacement) {
    Map<String, byte[]> files = files();
    files.put(file, changed(file, text, replacement).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  public static String changed(String file, String text, String replacement) {
    String before = text(file);
    if (!before.contains(text)) {
      throw new IllegalArgumentException(file + " does not contain " + text);
    }
    return before.replace(text, replacement);
  }

  /** The sample under another name, as a designer would copy it. */
  public static Map<String, byte[]> copy(String name) {
    Map<String, byte[]> files = new TreeMap<>();
    files().forEach((file, content) -> {
      String text = new String(content, StandardCharsets.UTF_8)
          .replace("id=\"sample\"", "id=\"" + name + "\"").replace("bpmnElement=\"sample\"", "bpmnElement=\"" + name + "\"")
          .replace("\"sample-", "\"" + name + "-").replace("\"sample.", "\"" + name + ".");
      files.put(file.replace("sample", name), text.getBytes(StandardCharsets.UTF_8));
    });
    return files;
  }

  /** Writes files the way {@code processes/} and {@code forms/} hold them. */
  public static void write(Path folder, String unit, Map<String, byte[]> files) {
    files.forEach((name, content) -> {
      try {
        Path place = folder.resolve(name.endsWith(".form") ? "forms" : "processes").resolve(unit);
        Files.createDirectories(place);
        Files.write(place.resolve(name), content);
      } catch (IOException trouble) {
        throw new UncheckedIOException(trouble);
      }
    });
  }
}
