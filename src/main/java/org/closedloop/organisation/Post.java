package org.closedloop.organisation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** 岗位: what an official may do in the unit. Models name them in candidate groups as {@code <unit>:<post>}. */
public enum Post {
  DISPATCHER, HANDLER, VERIFIER, DUTY_LEADER, COUNTY_LEADER, SUPERVISOR, DESIGNER, ADMINISTRATOR;

  @JsonValue
  public String code() {
    return name().toLowerCase().replace('_', '-');
  }

  public static Post of(String code) {
    return Arrays.stream(values()).filter(p -> p.code().equals(code)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no post " + code));
  }
}
