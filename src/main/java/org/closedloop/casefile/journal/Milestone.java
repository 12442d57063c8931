package org.closedloop.casefile.journal;

import java.time.Instant;

/**
 * 节点: a named event of the diagram that the case reached.
 *
 * @param process the model it stands in: the case's own type, or a side process such as {@code supervision}
 * @param unit    where units are called side by side: whose call reached it; null elsewhere
 */
public record Milestone(String key, String name, String nameEn, String process, String unit, int round, Instant at) {}
