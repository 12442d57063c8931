package org.closedloop.replay;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Options of a command as they were given: {@code --name=value}. Each is taken once; what is left is unknown. */
final class Given {

  private final Map<String, String> options = new HashMap<>();

  /** @throws IllegalArgumentException when something is no option, or {@code --file} is missing */
  static Given of(String[] args) {
    Given given = new Given();
    for (String arg : args) {
      int at = arg.indexOf('=');
      if (!arg.startsWith("--") || at < 0) {
        throw new IllegalArgumentException("not an option: " + arg);
      }
      given.options.put(arg.substring(2, at), arg.substring(at + 1));
    }
    if (!given.options.containsKey("file")) {
      throw new IllegalArgumentException("--file is missing");
    }
    return given;
  }

  String take(String name, String otherwise) {
    String value = options.remove(name);
    return value == null ? otherwise : value;
  }

  /** Null when it was not given. */
  Path path(String name) {
    String value = options.remove(name);
    return value == null ? null : Path.of(value);
  }

  String server() {
    return take("server", "http://localhost:8080");
  }

  /** @throws IllegalArgumentException when there are options nobody took */
  void nothingElse() {
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("unknown option: --" + options.keySet().iterator().next());
    }
  }
}
