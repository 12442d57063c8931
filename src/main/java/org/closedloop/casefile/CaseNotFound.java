package org.closedloop.casefile;

import org.closedloop.problem.NotFound;

/** No such case, or not one this person may see. */
public class CaseNotFound extends NotFound {

  public CaseNotFound() {
    super("没有找到这个案卷：编号有误，或者它不在您的查看范围内。", "No such case: the number is wrong or the case is not yours to see.");
  }
}
