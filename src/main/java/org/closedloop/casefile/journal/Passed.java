package org.closedloop.casefile.journal;

import java.time.Instant;

/**
 * A node or flow of a diagram that a case passed, once or again.
 *
 * @param instance the run of a side process, null for the case's own process
 * @param flow     false: a node
 */
public record Passed(String process, String instance, String element, boolean flow, int times, Instant first,
    Instant last) {}
