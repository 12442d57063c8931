package org.closedloop.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** What both commands do with their options, their summary and their faults. */
final class Command {

  /**
   * What a command has to say at its end.
   *
   * @param file     where that is written besides, null for nowhere
   * @param complete whether all was brought to its end
   */
  record Told(String text, Path file, boolean complete) {}

  /** @param <O> the command's options */
  interface Work<O> {
    Told of(O options) throws IOException, InterruptedException;
  }

  private Command() {}

  /** Ends the program: 0 complete, 1 not, 2 on wrong options. */
  static <O> void run(String[] args, String usage, Function<String[], O> reader, Work<O> work)
      throws InterruptedException {
    O options = null;
    try {
      options = reader.apply(args);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(usage);
      System.exit(2);
    }
    try {
      Told told = work.of(options);
      System.out.println(told.text());
      if (told.file() != null) {
        Files.writeString(told.file(), told.text(), StandardCharsets.UTF_8);
      }
      System.exit(told.complete() ? 0 : 1);
    } catch (IOException | Api.Refused | IllegalStateException e) {
      System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
      System.exit(1);
    }
  }
}
