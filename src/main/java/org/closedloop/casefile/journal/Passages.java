package org.closedloop.casefile.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The nodes and flows a case passes. One step passes many: they are kept until the transaction is about to commit and then
 * written with one statement, in their order.
 */
@Component
class Passages {

  /**
   * @param instance the run of a side process, null for the case's own process
   * @param kind     {@code node} or {@code flow}
   */
  record Passage(String number, String process, String instance, String element, String kind, Instant at) {}

  private final PassageMapper mapper;
  private final PerTransaction<List<Passage>> waiting = new PerTransaction<>(ArrayList::new, this::write);

  Passages(PassageMapper mapper) {
    this.mapper = mapper;
  }

  void add(Passage passage) {
    waiting.now().ifPresentOrElse(w -> w.add(passage), () -> mapper.add(List.of(passage)));
  }

  /** Nodes and flows the case passed, those of each run together, in order of the first time. */
  List<Passed> of(String number) {
    waiting.now().ifPresent(this::write);
    return mapper.of(number);
  }

  private void write(List<Passage> passages) {
    if (!passages.isEmpty()) {
      mapper.add(List.copyOf(passages));
      passages.clear();
    }
  }
}
