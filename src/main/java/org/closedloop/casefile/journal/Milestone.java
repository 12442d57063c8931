package org.closedloop.casefile.journal;

import java.time.Instant;

/** 节点: a named event of the diagram that the case reached. */
public record Milestone(String key, String name, String nameEn, int round, Instant at) {}
