package org.closedloop.worklist;

import java.util.List;

/**
 * A task the engine has just opened.
 *
 * @param groups {@code <unit>:<post>} that may take it; at least one
 * @param side   not a stage of the case
 */
public record Opened(String itemId, String caseNumber, String process, String instance, String task, String name,
    String nameEn, boolean side, String notBy, List<String> groups) {}
