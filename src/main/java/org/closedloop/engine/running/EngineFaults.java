package org.closedloop.engine.running;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.closedloop.problem.Problem;
import org.closedloop.worklist.WorkItemGone;

/** The one place where what the engine throws becomes a fact the features know. */
final class EngineFaults {

  private EngineFaults() {}

  static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (OptimisticLockingException | NullValueException e) {
      // Somebody else changed or removed what this call was about; both mean the same to people.
      throw WorkItemGone.justNow();
    } catch (RuntimeException e) {
      for (Throwable at = e; at != null; at = at.getCause()) {
        if (at instanceof Problem problem) {
          throw problem;
        }
      }
      throw e;
    }
  }
}
