package org.closedloop.organisation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** 单位类别: the kinds of unit the glossary knows. */
public enum UnitKind {
  COMMAND_CENTRE, DEPARTMENT, TOWNSHIP, VILLAGE, GRID, ENFORCEMENT_TEAM;

  /** The word used in data, API and models: {@code command-centre}. */
  @JsonValue
  public String code() {
    return name().toLowerCase().replace('_', '-');
  }

  public static UnitKind of(String code) {
    return Arrays.stream(values()).filter(k -> k.code().equals(code)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no unit kind " + code));
  }
}
