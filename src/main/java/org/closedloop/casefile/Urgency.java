package org.closedloop.casefile;

import java.util.Set;

/** 紧急程度: the four levels by which the allowances of handling differ. */
public final class Urgency {

  public static final String DEFAULT = "ordinary";
  public static final Set<String> ALL = Set.of("emergency", "urgent", "ordinary", "complex");

  private Urgency() {}
}
