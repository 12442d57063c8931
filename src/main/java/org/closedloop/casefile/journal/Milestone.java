package org.closedloop.casefile.journal;

import java.time.Instant;

/**
 * 节点: a named event of the diagram that the case reached.
 *
 * @param process the model it stands in: the case's own type, or a side process such as {@code supervision}
 */
public record Milestone(String key, String name, String nameEn, String process, int round, Instant at) {}
