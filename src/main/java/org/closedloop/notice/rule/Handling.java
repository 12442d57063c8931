package org.closedloop.notice.rule;

/** When a message leaves for another system; from the most urgent to the least. */
public enum Handling {
  /** At once, at night and on days off too. */
  ALWAYS,
  /** At once; in quiet hours as soon as they are over. */
  DEFER,
  /** At once; what falls into quiet hours comes in one digest in the morning. */
  DIGEST_AT_NIGHT,
  /** Only in the digest of the next morning. */
  DIGEST
}
