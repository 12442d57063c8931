package org.closedloop.dutylist;

import java.time.Instant;

/**
 * What a consultation ruled and wants the duty list to say.
 *
 * @param area    area code: the whole county, or where the case lies
 * @param status  open, accepted or refused
 * @param version the version of the list it came into, null unless accepted
 */
record DutyProposal(long id, String category, String area, String unit, String basis, String caseNumber,
    String proposedBy, Instant proposedAt, String status, String decidedBy, Instant decidedAt, String note,
    Integer version) {}
