package org.closedloop.casefile.live;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PostgreSQL channel by which nodes tell each other where lists have changed, and how that is written. */
public final class ListChannel {

  public static final String NAME = "closedloop_list";
  private static final String ANYWHERE = "*";
  /** PostgreSQL takes 8000 bytes; codes and paths are plain letters. */
  private static final int LONGEST = 7000;

  private ListChannel() {}

  static String written(Collection<ListPlace> places) {
    String text = places.stream().map(p -> p.unit() + " " + (p.areaPath() == null ? "" : p.areaPath()))
        .collect(Collectors.joining("\n"));
    return text.length() > LONGEST ? ANYWHERE : text;
  }

  /** Empty: too many places to name, lists may have changed anywhere. */
  public static List<ListPlace> read(String message) {
    return message.equals(ANYWHERE) ? List.of() : Stream.of(message.split("\n")).map(line -> line.split(" ", 2))
        .map(parts -> new ListPlace(parts[0], parts.length < 2 || parts[1].isEmpty() ? null : parts[1])).toList();
  }
}
