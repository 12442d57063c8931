package org.closedloop.deadline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code clock}. */
@Mapper
interface ClockMapper {

  /** One row as it stands in the table; {@link #running()} is what others see of it. */
  record Row(Long id, String caseNumber, String process, String processInstance, String key, String kind,
      String activity, String itemId, String unitCode, int round, OffsetDateTime startedAt, int amount,
      AllowanceUnit unit, double warnFraction, OffsetDateTime warnAt, OffsetDateTime dueAt,
      OffsetDateTime originalDueAt, OffsetDateTime laidFrom, Long laidAmount, int laidExtensions, LocalDate chosenOn,
      long warnBefore, OffsetDateTime pausedSince, Long remaining, OffsetDateTime endedAt, String extensionsJson) {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    List<Running.Extension> extensions() {
      try {
        return JSON.readValue(extensionsJson, new TypeReference<List<Running.Extension>>() {}).stream()
            .map(e -> new Running.Extension(e.amount(), e.unit(), e.by(), local(e.at()), local(e.due()))).toList();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("extensions of clock " + id + " cannot be read", e);
      }
    }

    static String json(List<Running.Extension> extensions) {
      try {
        return JSON.writeValueAsString(extensions);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    Running running() {
      return new Running(id, caseNumber, process, processInstance, key, kind, activity, itemId, unitCode, round,
          local(startedAt), amount, unit, local(warnAt), local(dueAt), local(originalDueAt), local(pausedSince),
          local(endedAt), extensions());
    }

    /** This clock with another deadline, laid anew. */
    Row laid(OffsetDateTime from, Long amountLaid, int extensionsLaid, OffsetDateTime warn, OffsetDateTime due) {
      return new Row(id, caseNumber, process, processInstance, key, kind, activity, itemId, unitCode, round, startedAt,
          amount, unit, warnFraction, warn, due, originalDueAt, from, amountLaid, extensionsLaid, chosenOn, warnBefore,
          null, null, endedAt, extensionsJson);
    }

    /** This clock with the extensions and what follows from them. */
    Row extended(List<Running.Extension> all, long newWarnBefore, OffsetDateTime warn, OffsetDateTime due) {
      return new Row(id, caseNumber, process, processInstance, key, kind, activity, itemId, unitCode, round, startedAt,
          amount, unit, warnFraction, warn, due, originalDueAt, laidFrom, laidAmount, laidExtensions, chosenOn,
          newWarnBefore, pausedSince, remaining, endedAt, json(all));
    }

    Row stopped(OffsetDateTime since, long left) {
      return new Row(id, caseNumber, process, processInstance, key, kind, activity, itemId, unitCode, round, startedAt,
          amount, unit, warnFraction, warnAt, dueAt, originalDueAt, laidFrom, laidAmount, laidExtensions, chosenOn,
          warnBefore, since, left, endedAt, extensionsJson);
    }

    Row chosen(LocalDate date, OffsetDateTime warn, OffsetDateTime due, long newWarnBefore) {
      return new Row(id, caseNumber, process, processInstance, key, kind, activity, itemId, unitCode, round, startedAt,
          amount, unit, warnFraction, warn, due, originalDueAt, laidFrom, null, laidExtensions, date, newWarnBefore,
          pausedSince, remaining, endedAt, extensionsJson);
    }

    private static OffsetDateTime local(OffsetDateTime at) {
      return at == null ? null : WorkingCalendar.local(at.toInstant());
    }
  }

  String COLUMNS = """
      id, case_number, process, process_instance, key, kind, activity, item_id, unit_code, round, started_at, amount,
      unit, warn_fraction, warn_at, due_at, original_due_at, laid_from, laid_amount, laid_extensions, chosen_on,
      warn_before, paused_since, remaining, ended_at, extensions::text as extensions_json
      """;

  /** A clock just ended. {@code supervised}: there is or was a ladder for it. */
  record Ended(long id, String caseNumber, boolean supervised) {}

  /** Asked along with the change, so that a clock without a ladder costs nobody a question. */
  String SUPERVISED = "returning id, case_number, exists (select 1 from supervision s where s.clock_id = clock.id) as supervised";

  /** The new row, or null when such a clock is open already or there is no such case. The round is the case's. */
  @Select(affectData = true, value = """
      insert into clock (case_number, process, process_instance, key, kind, activity, round, started_at, amount, unit,
                         warn_fraction, warn_at, due_at, original_due_at, laid_from, laid_amount, chosen_on, warn_before)
      select number, #{process}, #{processInstance}, #{key}, #{kind}, #{activity}, round, #{startedAt}, #{amount},
             #{unit}, #{warnFraction}, #{warnAt}, #{dueAt}, #{originalDueAt}, #{laidFrom}, #{laidAmount}, #{chosenOn},
             #{warnBefore}
        from case_file
       where number = #{caseNumber}
      on conflict (case_number, process_instance, key) where ended_at is null do nothing
      returning\s""" + COLUMNS)
  Row insert(Row row);

  @Select("select " + COLUMNS + """
        from clock
       where case_number = #{caseNumber} and process_instance = #{processInstance} and key = #{key}
         and ended_at is null
         for update""")
  Row open(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("key") String key);

  @Select("select " + COLUMNS + """
        from clock
       where case_number = #{caseNumber} and ended_at is null
       order by due_at, id
         for update""")
  List<Row> openOfForUpdate(String caseNumber);

  @Select("select " + COLUMNS + """
        from clock
       where case_number = #{caseNumber} and ended_at is null
       order by due_at, id""")
  List<Row> openOf(String caseNumber);

  @Select("select " + COLUMNS + """
        from clock
       where case_number = #{caseNumber}
       order by id""")
  List<Row> allOf(String caseNumber);

  /** Open clocks that run and whose deadline follows from the calendar, in the order in which cases are locked. */
  @Select("select " + COLUMNS + """
        from clock
       where ended_at is null and paused_since is null and (unit <> 'MINUTES' or chosen_on is not null
         or extensions <> '[]') and (laid_amount is not null or chosen_on is not null)
       order by case_number, id""")
  List<Row> followingTheCalendar();

  /** Answers whether there is or was a ladder for this clock; null when it has ended. */
  @Select(affectData = true, value = """
      update clock
         set warn_at = #{warnAt}, due_at = #{dueAt}, laid_from = #{laidFrom}, laid_amount = #{laidAmount},
             laid_extensions = #{laidExtensions}, chosen_on = #{chosenOn}, warn_before = #{warnBefore},
             paused_since = #{pausedSince}, remaining = #{remaining}, extensions = #{extensionsJson}::jsonb
       where id = #{id} and ended_at is null
      returning exists (select 1 from supervision s where s.clock_id = clock.id)""")
  Boolean update(Row row);

  @Insert("insert into clock_stop (clock_id, stopped_at) values (#{id}, #{at}) on conflict do nothing")
  void stopped(@Param("id") long id, @Param("at") OffsetDateTime at);

  @Update("update clock_stop set resumed_at = #{at} where clock_id = #{id} and resumed_at is null")
  void resumed(@Param("id") long id, @Param("at") OffsetDateTime at);

  /** One standstill; {@code until} null while it lasts. */
  record StopRow(long clockId, OffsetDateTime since, OffsetDateTime until) {}

  @Select("""
      select s.clock_id, s.stopped_at as since, coalesce(s.resumed_at, k.ended_at) as until
        from clock_stop s
        join clock k on k.id = s.clock_id
       where k.case_number = #{caseNumber}
       order by s.stopped_at""")
  List<StopRow> stopsOf(String caseNumber);

  @Update("""
      update clock
         set item_id = #{itemId}, unit_code = #{unitCode}
       where case_number = #{caseNumber} and process_instance = #{processInstance} and key = #{key}
         and ended_at is null""")
  int bind(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("key") String key, @Param("itemId") String itemId, @Param("unitCode") String unitCode);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where case_number = #{caseNumber} and process_instance = #{processInstance} and key = #{key}
         and ended_at is null
      """ + SUPERVISED)
  List<Ended> end(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("key") String key, @Param("at") OffsetDateTime at);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where case_number = #{caseNumber} and process_instance = #{processInstance} and kind = 'stage'
         and key <> #{key} and ended_at is null
      """ + SUPERVISED)
  List<Ended> endOthers(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("key") String key, @Param("at") OffsetDateTime at);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where case_number = #{caseNumber} and process_instance = #{processInstance} and activity = #{activity}
         and ended_at is null
      """ + SUPERVISED)
  List<Ended> endByActivity(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("activity") String activity, @Param("at") OffsetDateTime at);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where item_id = #{itemId} and ended_at is null
      """ + SUPERVISED)
  List<Ended> endByItem(@Param("itemId") String itemId, @Param("at") OffsetDateTime at);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where case_number = #{caseNumber} and process_instance = #{processInstance} and ended_at is null
      """ + SUPERVISED)
  List<Ended> endInstance(@Param("caseNumber") String caseNumber, @Param("processInstance") String processInstance,
      @Param("at") OffsetDateTime at);

  @Select(affectData = true, value = """
      update clock
         set ended_at = #{at}
       where case_number = #{caseNumber} and ended_at is null
      """ + SUPERVISED)
  List<Ended> endAll(@Param("caseNumber") String caseNumber, @Param("at") OffsetDateTime at);
}
