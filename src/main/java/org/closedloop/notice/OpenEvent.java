package org.closedloop.notice;

/**
 * An event as its recipients are looked for.
 *
 * @param post the post that has to act, null for the handler's
 */
public record OpenEvent(long id, String topic, String caseNumber, String unit, String official, String post) {}
