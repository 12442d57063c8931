package org.closedloop.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time of this JVM and of the embedded database together, on Linux. Where others use the same cores the wall
 * shows the queue; this does not.
 */
public final class Processor {

  private static final double JIFFY = 10;

  private final String postmaster;

  /** @param backend process of any connection, {@code pg_backend_pid()} */
  public Processor(int backend) {
    this.postmaster = stat(Path.of("/proc", Integer.toString(backend))).map(s -> s.get(1)).orElse("none");
  }

  /** Milliseconds of one doing: this JVM, the database; both are fair from some hundred milliseconds of work on. */
  public double[] of(int times, Runnable doing) {
    double jvm = jvm();
    double database = database();
    for (int i = 0; i < times; i++) {
      doing.run();
    }
    return new double[] {(jvm() - jvm) / times, (database() - database) / times};
  }

  private static double jvm() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
  }

  /** Backends that live, and what the postmaster says of those that ended: the workers of parallel plans. */
  private double database() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      double living = processes.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
          .flatMap(p -> stat(p).stream()).filter(s -> s.get(1).equals(postmaster)).mapToDouble(s -> sum(s, 11)).sum();
      return living + stat(Path.of("/proc", postmaster)).map(s -> sum(s, 13)).orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double sum(List<String> stat, int first) {
    return (Long.parseLong(stat.get(first)) + Long.parseLong(stat.get(first + 1))) * JIFFY;
  }

  /** What follows the name of the process: state, parent, …, times own and of children. */
  private static Optional<List<String>> stat(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"));
      return Optional.of(List.of(line.substring(line.lastIndexOf(')') + 2).split(" ")));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
