package org.closedloop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several callers at once, each asking again as soon as it is answered; the ways in turn, A B A B, a while each. What an
 * error cut short (a statement's time limit) counts with the time it took, and is said.
 */
public final class Crowd {

  /** @param mean milliseconds an answer took, of each round, sorted; {@code all}: of each answer, sorted */
  public record Measured(double[] mean, double[] all, int failed) {

    public double median() {
      return mean[mean.length / 2];
    }

    public double quantile(double q) {
      return all[(int) Math.min(all.length - 1, Math.floor(q * all.length))];
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f [%.2f–%.2f], p50 %.2f, p99 %.2f, %d answers%s", median(), mean[0],
          mean[mean.length - 1], quantile(0.5), quantile(0.99), all.length, failed == 0 ? "" : ", " + failed + " cut off");
    }
  }

  private final int callers;
  private final Duration turn;
  private final Map<String, Runnable> ways = new LinkedHashMap<>();

  /** @param turn how long a way is asked in each round; every caller is answered at least once */
  public Crowd(int callers, Duration turn) {
    this.callers = callers;
    this.turn = turn;
  }

  public Crowd with(String name, Runnable asking) {
    ways.put(name, asking);
    return this;
  }

  /** One round to warm up, then so many that are measured. */
  public Map<String, Measured> run(int rounds) {
    Map<String, List<double[]>> taken = new LinkedHashMap<>();
    Map<String, Integer> failed = new LinkedHashMap<>();
    ExecutorService all = Executors.newFixedThreadPool(callers);
    try {
      for (int round = -1; round < rounds; round++) {
        for (var way : ways.entrySet()) {
          List<Double> times = new ArrayList<>();
          int failures = turn(all, way.getValue(), times);
          if (round >= 0) {
            taken.computeIfAbsent(way.getKey(), w -> new ArrayList<>())
                .add(times.stream().mapToDouble(Double::doubleValue).toArray());
            failed.merge(way.getKey(), failures, Integer::sum);
          }
        }
      }
    } finally {
      all.shutdown();
    }
    Map<String, Measured> measured = new LinkedHashMap<>();
    taken.forEach((name, turns) -> measured.put(name, new Measured(
        turns.stream().mapToDouble(t -> Arrays.stream(t).average().orElseThrow()).sorted().toArray(),
        turns.stream().flatMapToDouble(Arrays::stream).sorted().toArray(), failed.get(name))));
    return measured;
  }

  private int turn(ExecutorService all, Runnable asking, List<Double> times) {
    long end = System.nanoTime() + turn.toNanos();
    Callable<Integer> caller = () -> {
      List<Double> own = new ArrayList<>();
      int failures = 0;
      do {
        long from = System.nanoTime();
        try {
          asking.run();
        } catch (RuntimeException cutOff) {
          failures++;
        }
        own.add((System.nanoTime() - from) / 1e6);
      } while (System.nanoTime() < end);
      synchronized (times) {
        times.addAll(own);
      }
      return failures;
    };
    List<Future<Integer>> running = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      running.add(all.submit(caller));
    }
    int failures = 0;
    try {
      for (Future<Integer> one : running) {
        failures += one.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return failures;
  }
}
