package org.closedloop.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Measures several ways of doing the same in turn, A B A B: what disturbs the machine disturbs all of them. Median and
 * range of each.
 */
public final class Rounds {

  /** @param times milliseconds of one doing, a round each, sorted */
  public record Measured(double[] times) {

    public double median() {
      return times[times.length / 2];
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f [%.3f–%.3f]", median(), times[0], times[times.length - 1]);
    }
  }

  private record Way(int times, Runnable doing) {}

  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** @param times how often it is done in a round; the time of one is what counts */
  public Rounds with(String name, int times, Runnable doing) {
    ways.put(name, new Way(times, doing));
    return this;
  }

  /** One round to warm up, then so many that are measured. */
  public Map<String, Measured> run(int rounds) {
    Map<String, double[]> taken = new LinkedHashMap<>();
    ways.keySet().forEach(w -> taken.put(w, new double[rounds]));
    for (int round = -1; round < rounds; round++) {
      for (var way : ways.entrySet()) {
        long from = System.nanoTime();
        for (int i = 0; i < way.getValue().times(); i++) {
          way.getValue().doing().run();
        }
        if (round >= 0) {
          taken.get(way.getKey())[round] = (System.nanoTime() - from) / 1e6 / way.getValue().times();
        }
      }
    }
    Map<String, Measured> measured = new LinkedHashMap<>();
    taken.forEach((name, times) -> {
      Arrays.sort(times);
      measured.put(name, new Measured(times));
    });
    return measured;
  }

  /** A table for the measurements page; ratios are to the last way. */
  public static String table(Map<String, Measured> measured) {
    Measured last = null;
    for (Measured m : measured.values()) {
      last = m;
    }
    StringBuilder table = new StringBuilder("| way | ms, median [range] | times the last |\n|---|---:|---:|\n");
    for (var m : measured.entrySet()) {
      table.append(String.format(Locale.ROOT, "| %s | %s | %.1f |%n", m.getKey(), m.getValue(),
          m.getValue().median() / last.median()));
    }
    return table.toString();
  }
}
