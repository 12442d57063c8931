package org.closedloop.web.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.jackson.JsonComponent;

/** Moments leave the product as RFC 3339 with the offset of the county's clocks, to the millisecond at most. */
@JsonComponent
class TimesAsPeopleReadThem extends JsonSerializer<Instant> {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Override
  public void serialize(Instant at, JsonGenerator out, SerializerProvider provider) throws IOException {
    out.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.MILLIS).atZone(ZONE)));
  }
}
