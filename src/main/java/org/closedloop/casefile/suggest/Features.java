package org.closedloop.casefile.suggest;

/**
 * A text as numbers: which terms it has and how often. Terms are numbers below {@link #TERMS}; two that fall on the same
 * number count as one, which is rare and keeps the memory bounded.
 *
 * @param terms  each once
 * @param counts how often the term of the same index occurs; the title's count more
 */
record Features(int[] terms, float[] counts) {

  static final int TERMS = 1 << 20;
}
