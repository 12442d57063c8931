package org.closedloop.casefile.attachment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * 附件: one picture or document of a case file, as lists show it; its bytes are read by id.
 *
 * @param id         26 characters of base 32, 128 random bits
 * @param kind       before, after, evidence or document
 * @param name       cleaned file name
 * @param size       bytes as stored
 * @param sha256     of the bytes as stored, in hex; also the ETag
 * @param width      pixels, null for documents
 * @param round      the round of the case it was taken in
 * @param uploadedBy username, null when the reporter sent it
 */
public record Attachment(String id, @JsonIgnore String caseNumber, String kind, String name, String mediaType,
    long size, @JsonIgnore String sha256, Integer width, Integer height, int round,
    @JsonInclude(JsonInclude.Include.NON_NULL) String uploadedBy, Instant uploadedAt) {}
