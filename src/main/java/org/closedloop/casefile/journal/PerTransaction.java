package org.closedloop.casefile.journal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Something that lives as long as the transaction it was first asked for in, and is put aside while another transaction
 * runs inside that one.
 */
public final class PerTransaction<T> {

  private final Supplier<T> made;
  private final Consumer<T> beforeCommit;

  /** @param beforeCommit what is to be done with it as the last thing in the transaction; not when that is rolled back */
  public PerTransaction(Supplier<T> made, Consumer<T> beforeCommit) {
    this.made = made;
    this.beforeCommit = beforeCommit;
  }

  /** Nothing where no transaction runs. */
  @SuppressWarnings("unchecked")
  public Optional<T> now() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()
        || !TransactionSynchronizationManager.isActualTransactionActive()) {
      return Optional.empty();
    }
    Bound bound = (Bound) TransactionSynchronizationManager.getResource(this);
    if (bound == null) {
      bound = new Bound(made.get());
      bound.resume();
      TransactionSynchronizationManager.registerSynchronization(bound);
    }
    return Optional.of(bound.value);
  }

  private final class Bound implements TransactionSynchronization {

    private final T value;

    private Bound(T value) {
      this.value = value;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      beforeCommit.accept(value);
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(PerTransaction.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(PerTransaction.this, this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(PerTransaction.this);
    }
  }
}
