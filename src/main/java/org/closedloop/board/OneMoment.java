package org.closedloop.board;

import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads everything of one answer in one snapshot, so that its sums agree with each other. */
@Component
public class OneMoment {

  private final TransactionTemplate snapshot;

  OneMoment(PlatformTransactionManager transactions) {
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setReadOnly(true);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  public <T> T read(Supplier<T> reading) {
    return snapshot.execute(tx -> reading.get());
  }
}
