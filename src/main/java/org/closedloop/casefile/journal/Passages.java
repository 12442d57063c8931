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

  /** @param kind {@code node} or {@code flow} */
  record Passage(String number, String process, String element, String kind, Instant at) {}

  private final PassageMapper mapper;
  private final PerTransaction<List<Passage>> waiting = new PerTransaction<>(ArrayList::new, this::write);

  Passages(PassageMapper mapper) {
    this.mapper = mapper;
  }

  void add(Passage passage) {
    waiting.now().ifPresentOrElse(w -> w.add(passage), () -> mapper.add(List.of(passage)));
  }

  /** Ids of the diagram's nodes and flows the case passed, in order of the first time. */
  List<String> elements(String number) {
    waiting.now().ifPresent(this::write);
    return mapper.elements(number);
  }

  private void write(List<Passage> passages) {
    if (!passages.isEmpty()) {
      mapper.add(List.copyOf(passages));
      passages.clear();
    }
  }
}
