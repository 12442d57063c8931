package org.closedloop.worklist;

import java.util.Map;
import org.closedloop.casefile.CaseFile;

/**
 * What a feature knows about a case and forms may show or offer. Every feature that has something implements it, so that
 * forms need not know the features.
 */
public interface FormFacts {

  /**
   * @param asked who asks, see {@link WorkQueue#asked}
   * @return names as forms use them, with values that are JSON; empty where the feature has nothing to do with the case
   */
  Map<String, Object> of(CaseFile file, WorkQueue.Asked asked);
}
