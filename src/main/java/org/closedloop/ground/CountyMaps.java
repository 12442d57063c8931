package org.closedloop.ground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the county's outline. A change is seen on every node within seconds. */
@Service
public class CountyMaps {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int LONGEST_TEXT = 120;
  private static final TypeReference<List<CountyMap.Feature>> FEATURES = new TypeReference<>() {};

  private final CountyMapMapper table;
  private final Organisation organisation;
  private final ObjectMapper json;
  private final Audit audit;
  private final Me me;
  private final Clock clock;
  private final String tiles;
  private final Cache<Boolean, CountyMap> read = Caffeine.newBuilder().expireAfterWrite(FRESH).build();

  CountyMaps(CountyMapMapper table, Organisation organisation, ObjectMapper json, Audit audit, Me me, Clock clock,
      @Value("${closedloop.map-tiles}") String tiles) {
    if (!tiles.isEmpty() && !tiles.matches("/[A-Za-z0-9._-]+/[A-Za-z0-9._/{}?=&-]*")) {
      throw new IllegalStateException("CLOSEDLOOP_MAP_TILES must be a path on this host, for example "
          + "/tiles/{z}/{x}/{y}.png: pages ask no other host. / 只能填写本站路径。");
    }
    this.table = table;
    this.organisation = organisation;
    this.json = json;
    this.audit = audit;
    this.me = me;
    this.clock = clock;
    this.tiles = tiles.isEmpty() ? null : tiles;
  }

  CountyMap now() {
    return read.get(true, any -> find());
  }

  /**
   * Takes the place of the outline there was.
   *
   * @throws Forbidden    for everybody but administrators
   * @throws InvalidInput when it is no outline
   */
  @Transactional
  CountyMap replace(JsonNode outline, String source, String approval) {
    Official by = me.current();
    if (!by.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以导入底图。", "Only administrators import the outline.");
    }
    CountyMap before = find();
    set(GeoJson.read(outline, organisation), checked("source", source), checked("approval", approval), by.username());
    CountyMap after = find();
    audit.note("map", "outline", null, "changed", Stream.of(
        Change.of("areas", names(before), names(after)), Change.of("source", before.source(), after.source()),
        Change.of("approval", before.approval(), after.approval()))
        .filter(c -> !Objects.equals(c.from(), c.to())).toList());
    return after;
  }

  /** Takes the outline from a file on the class path, unless there is one. */
  @Transactional
  public void fillWhenEmpty(String resource, String source, String by) {
    if (table.find() != null) {
      return;
    }
    try (InputStream file = getClass().getClassLoader().getResourceAsStream(resource)) {
      set(GeoJson.read(json.readTree(file), organisation), source, null, by);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void set(List<CountyMap.Feature> features, String source, String approval, String by) {
    try {
      table.set(new CountyMapMapper.Row(json.writeValueAsString(features), source, approval,
          clock.instant().truncatedTo(ChronoUnit.MILLIS)), by);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    read.invalidateAll();
  }

  private static List<String> names(CountyMap map) {
    return map.outline().features().stream().map(f -> String.valueOf(f.properties().name())).toList();
  }

  private CountyMap find() {
    CountyMapMapper.Row row = table.find();
    try {
      return row == null ? new CountyMap(new CountyMap.Outline(List.of()), null, null, tiles, "none")
          : new CountyMap(new CountyMap.Outline(json.readValue(row.features(), FEATURES)), row.source(), row.approval(),
              tiles, Long.toString(row.setAt().toEpochMilli()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the county's outline cannot be read", e);
    }
  }

  private static String checked(String field, String text) {
    if (text != null && text.strip().length() > LONGEST_TEXT) {
      throw InvalidInput.at(field, "最长 " + LONGEST_TEXT + " 个字。", "At most " + LONGEST_TEXT + " characters.");
    }
    return text == null || text.isBlank() ? null : text.strip();
  }
}
