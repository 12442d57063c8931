package org.closedloop.casefile.export;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.category.Categories;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.Words;

/** The names behind the codes of one file, in one language, each looked up once. */
public final class ExportNames {

  private final Categories categories;
  private final Organisation organisation;
  private final Clock clock;
  private final Locale locale;
  private final Map<String, String> categoryNames = new HashMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final Map<String, Map<String, String>> steps = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();

  public ExportNames(CaseProcess process, Categories categories, Organisation organisation, Clock clock, Locale locale) {
    this.categories = categories;
    this.organisation = organisation;
    this.clock = clock;
    this.locale = locale;
    process.inWords().forEach(p -> {
      types.put(p.key(), in(Words.of(p.name(), p.nameEn())));
      Map<String, String> named = new HashMap<>();
      p.steps().forEach(s -> named.put(s.key(), in(Words.of(s.name(), s.nameEn()))));
      steps.put(p.key(), named);
    });
  }

  public String in(Words words) {
    return words.in(locale);
  }

  public String type(String process) {
    return types.getOrDefault(process, process);
  }

  public String step(String process, String key) {
    return steps.getOrDefault(process, Map.of()).getOrDefault(key, key);
  }

  public String category(String code) {
    return code == null ? null : categoryNames.computeIfAbsent(code,
        c -> categories.category(c).map(k -> in(Words.of(k.name(), k.nameEn()))).orElse(c));
  }

  /** A village is told with its township, a grid with its village. */
  public String place(String code) {
    return code == null ? null : places.computeIfAbsent(code, c -> organisation.area(c).map(this::place).orElse(c));
  }

  private String place(Area area) {
    return organisation.area(area.parent()).filter(around -> !around.level().equals("county"))
        .map(around -> around.name() + " · " + area.name()).orElse(area.name());
  }

  public String unit(String code) {
    return code == null ? null : organisation.unit(code).map(Unit::name).orElse(code);
  }

  /** In the county's time. */
  public LocalDateTime moment(Instant at) {
    return at == null ? null : LocalDateTime.ofInstant(at, clock.getZone());
  }
}
