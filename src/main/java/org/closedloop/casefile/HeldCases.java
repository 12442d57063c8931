package org.closedloop.casefile;

import java.util.HashMap;
import java.util.Map;
import org.closedloop.casefile.journal.PerTransaction;
import org.springframework.stereotype.Component;

/**
 * Cases whose rows this transaction holds. Nobody else can change them meanwhile, so they are read once and again only
 * after this transaction has changed them itself: one step of a process asks for its case a dozen times.
 */
@Component
class HeldCases {

  private final CaseMapper cases;
  private final PerTransaction<Map<String, CaseFile>> held = new PerTransaction<>(HashMap::new, h -> { });

  HeldCases(CaseMapper cases) {
    this.cases = cases;
  }

  /** Null when there is no such case. */
  CaseFile lock(String number) {
    Map<String, CaseFile> here = held.now().orElse(null);
    return here == null ? cases.lock(number) : here.computeIfAbsent(number, cases::lock);
  }

  /** As it is, not to be changed by who asks; null when there is no such case. */
  CaseFile find(String number) {
    CaseFile here = held.now().map(h -> h.get(number)).orElse(null);
    return here == null ? cases.find(number) : here;
  }

  /** For every change of a case: what was read of it before holds no longer. */
  CaseMapper changing(String number) {
    held.now().ifPresent(h -> h.remove(number));
    return cases;
  }
}
