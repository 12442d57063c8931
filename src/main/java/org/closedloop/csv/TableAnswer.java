package org.closedloop.csv;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** A table that is small enough to be made whole, as a file to be kept. */
public final class TableAnswer {

  private TableAnswer() {}

  /** @param name of the file, without its ending */
  public static ResponseEntity<byte[]> of(String name, TableFormat format, byte[] table) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, format.type())
        .header(HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name + "." + format.ending()).build().toString())
        .body(table);
  }
}
