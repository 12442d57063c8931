package org.closedloop.casefile;

import java.util.Set;

/** 来源渠道: the ways by which a report comes in, in the glossary's words. */
public final class Channel {

  public static final String CITIZEN_PAGE = "citizen-page";
  public static final String DEPARTMENT = "department";
  public static final Set<String> ALL = Set.of("grid-worker", "12345", "12345-hotline", CITIZEN_PAGE, "patrol",
      "urban-management-system", DEPARTMENT, "superior", "open311");

  private Channel() {}
}
