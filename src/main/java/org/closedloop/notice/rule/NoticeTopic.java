package org.closedloop.notice.rule;

/**
 * The words of a topic. {@code {name}} stands for a value of the event; what is within {@code [ ]} is left out when one
 * of its values is missing.
 */
public record NoticeTopic(String topic, String titleZh, String titleEn, String textZh, String textEn) {}
