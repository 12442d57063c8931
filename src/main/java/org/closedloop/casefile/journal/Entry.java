package org.closedloop.casefile.journal;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * 办理记录: one immutable answer to one form, or one system fact.
 *
 * @param kind       report, answer, action, fact, supplement or rating
 * @param key        the task or action answered, or the fact's name
 * @param answers    JSON object of the answers
 * @param publicText what of it the reporter may read, null: nothing
 * @param behalfOf   in whose place the official acted, null: in their own
 */
public record Entry(long id, int round, Instant at, String kind, String key, String name, String nameEn,
    String official, String unit, @JsonRawValue String answers, String publicText, String behalfOf) {}
