package org.closedloop.casefile.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The nodes and flows a case passes. One step passes many: they are kept until the transaction is about to commit and then
 * written with one statement, in their order.
 */
@Component
class Passages {

  /** @param kind {@code node} or {@code flow} */
  record Passage(String number, String process, String element, String kind, Instant at) {}

  private final PassageMapper mapper;

  Passages(PassageMapper mapper) {
    this.mapper = mapper;
  }

  void add(Passage passage) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      mapper.add(List.of(passage));
      return;
    }
    Waiting waiting = (Waiting) TransactionSynchronizationManager.getResource(this);
    if (waiting == null) {
      waiting = new Waiting();
      waiting.resume();
      TransactionSynchronizationManager.registerSynchronization(waiting);
    }
    waiting.passages.add(passage);
  }

  /** Ids of the diagram's nodes and flows the case passed, in order of the first time. */
  List<String> elements(String number) {
    if (TransactionSynchronizationManager.getResource(this) instanceof Waiting waiting) {
      waiting.write();
    }
    return mapper.elements(number);
  }

  /** What one transaction has passed; put aside while another one runs inside it. */
  private final class Waiting implements TransactionSynchronization {

    private final List<Passage> passages = new ArrayList<>();

    private void write() {
      if (!passages.isEmpty()) {
        mapper.add(List.copyOf(passages));
        passages.clear();
      }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      write();
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Passages.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Passages.this, this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(Passages.this);
    }
  }
}
