package org.closedloop.casefile;

/**
 * The visibility rule: the one condition that decides for lists, counts, search, single reads, boards and attachments
 * who sees a case. Every statement that reads cases for a person contains it.
 */
public final class CaseSight {

  /** Over {@code case_file c} and the parameter {@code sight} ({@link org.closedloop.organisation.Sight}). */
  public static final String PREDICATE = """
      (#{sight.county}
       or c.area_path like #{sight.areaPath}::text || '%'
       or exists (select 1 from case_unit cu where cu.case_number = c.number
                  and cu.unit = any(#{sight.units,typeHandler=org.closedloop.casefile.TextArray})))
      """;

  private CaseSight() {}
}
