package org.closedloop.worklist.reply;

/**
 * A question whose answer the reporter reads, of a form that officials fill in.
 *
 * @param field   {@code <task>.<key>}
 * @param label   what the form calls it
 * @param longest characters its answer may have
 */
record ReplyField(String field, String task, String taskName, String taskNameEn, String label, int longest) {

  /** Of the same question in two case types: what is short enough for both fits either. */
  ReplyField orShorter(ReplyField other) {
    return other.longest < longest ? new ReplyField(field, task, taskName, taskNameEn, label, other.longest) : this;
  }
}
