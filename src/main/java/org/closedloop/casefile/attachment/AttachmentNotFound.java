package org.closedloop.casefile.attachment;

import org.closedloop.problem.NotFound;

/** No such attachment, or it belongs to a case this person may not see. */
public class AttachmentNotFound extends NotFound {

  AttachmentNotFound() {
    super("没有找到这个附件：编号有误，或者它不在您的查看范围内。",
        "No such attachment: the id is wrong or its case is not yours to see.");
  }
}
