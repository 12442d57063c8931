package org.closedloop.casefile.diagram;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseProcess.Active;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.diagram.ElementClocks.ElementClock;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.journal.Passed;
import org.closedloop.problem.NotFound;
import org.springframework.stereotype.Service;

/** The path a case really took, from what was recorded as it went, in its own process and in each that ran beside it. */
@Service
class Diagrams {

  private final CaseRegister register;
  private final CaseProcess process;
  private final Journal journal;
  private final ElementClocks clocks;
  private final Clock clock;

  Diagrams(CaseRegister register, CaseProcess process, Journal journal, ElementClocks clocks, Clock clock) {
    this.register = register;
    this.process = process;
    this.journal = journal;
    this.clocks = clocks;
    this.clock = clock;
  }

  /**
   * @param run     which of {@code runs} this is
   * @param done    nodes that were passed and are not active now
   * @param active  nodes active now, and the sub-processes around them
   * @param overdue those of them whose deadline has passed
   * @param taken   sequence flows taken
   * @param passed  every node that was entered, how often and when
   * @param runs    the case's own process first, then what ran beside it, in order of the beginning
   */
  record Diagram(String run, String process, String xml, List<String> done, List<String> active, List<String> overdue,
      List<String> taken, List<Step> passed, List<Run> runs) {}

  record Step(String element, int times, Instant first, Instant last) {}

  /**
   * @param key  to ask for this run: the process itself for the case's own
   * @param unit the unit that was asked or called in it, null when none was, and for the case's own process
   */
  record Run(String key, String process, String unit, Instant startedAt, boolean open, boolean late) {}

  /**
   * @param run key of a run, null for the case's own process
   * @throws NotFound when there is no such case or run, or the reader may not see the case
   */
  Diagram of(String number, String run) {
    CaseFile file = register.mustSee(number);
    Map<String, List<Passed>> passed = new LinkedHashMap<>();
    passed.put(file.process(), new ArrayList<>());
    journal.passed(number).forEach(p -> passed.computeIfAbsent(key(p.instance(), p.process()), k -> new ArrayList<>()).add(p));
    Map<String, Active> active = new LinkedHashMap<>();
    process.active(number)
        .forEach(a -> active.put(a.process().equals(file.process()) ? file.process() : a.instance(), a));
    Map<String, List<ElementClock>> all = new LinkedHashMap<>();
    clocks.of(number, clock.instant()).forEach(c -> all.computeIfAbsent(
        c.process().equals(file.process()) ? file.process() : c.instance(), k -> new ArrayList<>()).add(c));

    String asked = run == null || run.isBlank() ? file.process() : run;
    List<Passed> path = passed.get(asked);
    if (path == null) {
      throw new NotFound("这个案卷没有这样的流程。", "Nothing of that name ran for this case.");
    }
    String model = path.isEmpty() ? file.process() : path.get(0).process();
    List<String> now = active.containsKey(asked) ? active.get(asked).elements() : List.of();
    return new Diagram(asked, model, process.diagram(number, model),
        nodes(path).map(Passed::element).filter(e -> !now.contains(e)).toList(), now,
        all.getOrDefault(asked, List.of()).stream().filter(ElementClock::late).map(ElementClock::element)
            .filter(now::contains).distinct().toList(),
        path.stream().filter(Passed::flow).map(Passed::element).toList(),
        nodes(path).map(p -> new Step(p.element(), p.times(), p.first(), p.last())).toList(),
        passed.entrySet().stream().map(e -> run(file, e.getKey(), e.getValue(), active.get(e.getKey()),
            all.getOrDefault(e.getKey(), List.of()))).toList());
  }

  private static Run run(CaseFile file, String key, List<Passed> path, Active active, List<ElementClock> clocks) {
    boolean own = key.equals(file.process());
    return new Run(key, path.isEmpty() ? file.process() : path.get(0).process(),
        own ? null : clocks.stream().map(ElementClock::unit).filter(Objects::nonNull).findFirst().orElse(null),
        path.isEmpty() ? file.openedAt() : path.get(0).first(), active != null,
        clocks.stream().anyMatch(ElementClock::late));
  }

  private static String key(String instance, String process) {
    return instance == null ? process : instance;
  }

  private static Stream<Passed> nodes(List<Passed> path) {
    return path.stream().filter(p -> !p.flow());
  }
}
