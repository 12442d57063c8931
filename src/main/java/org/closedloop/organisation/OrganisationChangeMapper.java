package org.closedloop.organisation;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code organisation_change}: the counter by which nodes learn that something changed. */
@Mapper
interface OrganisationChangeMapper {

  @Select("select number from organisation_change")
  long number();

  /** Counts one change and keeps every other writer waiting until this transaction ends. */
  @Update("update organisation_change set number = number + 1")
  void count();
}
