package org.closedloop.worklist;

import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.Unit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets go on without it what waits for a unit that is no more: at once when it is dissolved, and again now and then for
 * what was under way at that moment, or when the node stopped in between. Each case in a transaction of its own.
 */
@Component
class DissolvedUnits {

  private static final Logger LOG = LoggerFactory.getLogger(DissolvedUnits.class);

  private final CaseProcess process;
  private final CaseRegister register;
  private final Organisation organisation;
  private final TransactionTemplate transaction;

  DissolvedUnits(CaseProcess process, CaseRegister register, Organisation organisation,
      PlatformTransactionManager transactions) {
    this.process = process;
    this.register = register;
    this.organisation = organisation;
    this.transaction = new TransactionTemplate(transactions);
    // what is heard after a commit must not believe itself inside of it
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void dissolved(Roster.UnitDissolved event) {
    goOnWithout(event.unit());
  }

  @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT1M")
  void lookAgain() {
    organisation.dissolved().stream().map(Unit::code).forEach(this::goOnWithout);
  }

  private void goOnWithout(String unit) {
    for (String number : process.waitingFor(unit)) {
      try {
        transaction.executeWithoutResult(status -> {
          register.lock(number);
          process.unitDissolved(number, unit);
        });
      } catch (RuntimeException e) {
        LOG.warn("Case {} does not go on yet without {}; it is tried again.", number, unit, e);
      }
    }
  }
}
