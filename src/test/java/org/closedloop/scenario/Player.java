package org.closedloop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.scenario.Story.Step;

/**
 * Plays one story over HTTP: every step is what a page would send for the official who may do it. Keeps the numbers of
 * the cases it opened, so that their passages can be counted.
 */
final class Player {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String REPORTER = "reporter";

  /** Runs the timer of that element for a case, whatever the time is. */
  interface Timers {
    void fire(String caseNumber, String element);
  }

  private record Account(String username, String unit, Set<String> posts) {}

  private final Caller caller;
  private final Timers timers;
  private final FormFiller filler;
  private final String caseType;
  private final Diagram diagram;
  private final Set<String> numbers;
  private final List<Account> accounts = new ArrayList<>();
  private final Map<String, String> called = new HashMap<>();
  private final List<String> dissolved = new ArrayList<>();
  private String number;
  private String trackingCode;

  /** @param numbers where the numbers of opened cases are noted */
  Player(Caller caller, Timers timers, FormFiller filler, String caseType, Diagram diagram, Set<String> numbers) {
    this.caller = caller.with("Accept-Language", "zh-CN");
    this.timers = timers;
    this.filler = filler;
    this.caseType = caseType;
    this.diagram = diagram;
    this.numbers = numbers;
    for (JsonNode account : caller.get("/api/public/demo-accounts").expect(200).json()) {
      accounts.add(new Account(account.get("username").asText(), account.get("unit").get("code").asText(),
          Set.copyOf(texts(account.get("posts")))));
    }
  }

  void play(Story story) {
    try {
      for (Step step : story.steps()) {
        try {
          play(step);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(step + " (" + number + "): " + e.getMessage(), e);
        }
      }
    } finally {
      // other stories and tests need the unit again
      dissolved.forEach(unit -> caller.as(someone("administrator")).post("/api/units/" + unit + "/restore", null));
    }
  }

  private void play(Step step) {
    switch (step.verb()) {
      case START -> start(step);
      case AT -> at(step);
      case CLAIM -> caller.as(step.by()).post("/api/work-items/" + item(step).get("id").asText() + "/claim", null)
          .expect(200);
      case COMPLETE -> complete(step);
      case ACT -> act(step);
      case ORDER -> order(step);
      case WAIT -> await(step.text());
      case FIRE -> timers.fire(number, step.text());
      case DISSOLVE -> {
        caller.as(someone("administrator")).post("/api/units/" + step.text() + "/dissolve", null).expect(200);
        dissolved.add(step.text());
      }
      case FOLLOW -> follow(step);
      case EXPECT -> expect(step);
      case ENDED -> soon("it has ended as " + step.text(), () -> {
        JsonNode file = file();
        return !file.get("open").asBoolean() && file.get("stage").asText().equals(step.text());
      });
    }
  }

  private void start(Step step) {
    Map<String, Object> report = new LinkedHashMap<>(Map.of("process", caseType, "channel", "patrol", "title",
        "路灯不亮", "description", "村口路灯三天不亮，影响出行安全"));
    String name = null;
    if (step.what() instanceof Map<?, ?> facts) {
      for (Map.Entry<?, ?> fact : facts.entrySet()) {
        if (fact.getKey().equals("as")) {
          name = String.valueOf(fact.getValue());
        } else {
          report.put((String) fact.getKey(), String.valueOf(fact.getValue()));
        }
      }
    }
    if (!step.answers().isEmpty()) {
      report.put("answers", step.answers());
    }
    Answer answer = caller.as(someone(step, "dispatcher")).post("/api/cases", report);
    if (refusedAsExpected(step, answer)) {
      return;
    }
    number = answer.expect(201).json().get("number").asText();
    trackingCode = answer.json().get("trackingCode").asText();
    numbers.add(number);
    if (name != null) {
      called.put(name, number);
    }
  }

  private void at(Step step) {
    List<String> expected = list(step.what()).stream().sorted().toList();
    soon("open are exactly " + expected, () -> openTasks().equals(expected));
  }

  private JsonNode item(Step step) {
    String unit = accounts.stream().filter(a -> a.username().equals(step.by())).map(Account::unit).findFirst()
        .orElse(null);
    List<JsonNode> items = StreamSupport.stream(file().get("openItems").spliterator(), false)
        .filter(i -> i.get("task").asText().equals(step.text())).toList();
    // several units may be asked the same; the one who acts has his own
    return items.stream().filter(i -> i.get("unit").asText().equals(unit)).findFirst()
        .or(() -> items.stream().findFirst())
        .orElseThrow(() -> new AssertionError("no open " + step.text() + ", open are " + openTasks()));
  }

  private void complete(Step step) {
    JsonNode item = item(step);
    String path = "/api/work-items/" + item.get("id").asText();
    Answer form = null;
    String by = null;
    for (Account account : candidates(step, item.get("unit").asText(), diagram.posts().get(step.text()))) {
      by = account.username();
      form = caller.as(by).get(path + "/form");
      if (form.status() == 200) {
        break;
      }
    }
    if (form == null) {
      throw new AssertionError("there is no account that may do it");
    }
    if (form.status() != 200 && refusedAsExpected(step, form)) {
      return;
    }
    Map<String, Object> answers = filler.fill(form.expect(200).json(), named(step.answers()), this::today);
    Answer answer = caller.as(by).post(path + "/complete", Map.of("answers", answers));
    if (!refusedAsExpected(step, answer)) {
      answer.expect(200);
    }
  }

  private void act(Step step) {
    if (REPORTER.equals(step.by())) {
      Map<String, Object> body = new HashMap<>(named(step.answers()));
      body.put("code", trackingCode);
      Answer answer = caller.post("/api/public/reports/" + number + "/" + step.text(), body);
      if (!refusedAsExpected(step, answer)) {
        answer.expect(200);
      }
      return;
    }
    String by = actor(step);
    String path = "/api/cases/" + number + "/actions/" + step.text();
    Answer form = caller.as(by).get(path + "/form");
    Map<String, Object> answers = form.status() == 200
        ? filler.fill(form.json(), named(step.answers()), this::today) : named(step.answers());
    Answer answer = caller.as(by).post(path, Map.of("answers", answers));
    if (!refusedAsExpected(step, answer)) {
      answer.expect(200);
    }
  }

  private void order(Step step) {
    Answer answer = caller.as(someone(step, "supervisor")).post("/api/cases/" + number + "/order",
        Map.of("note", step.text()));
    if (!refusedAsExpected(step, answer)) {
      answer.expect(200);
    }
  }

  /** The story goes on in the case that is linked in that way: {@code whistle}, {@code parent}. */
  private void follow(Step step) {
    number = StreamSupport.stream(file().get("links").spliterator(), false)
        .filter(link -> link.get("kind").asText().equals(step.text())).map(link -> link.get("number").asText())
        .reduce((first, last) -> last).orElseThrow(() -> new AssertionError("there is no link " + step.text()));
  }

  private void await(String what) {
    OffsetDateTime until;
    if (what.startsWith("past ")) {
      until = due(what.substring("past ".length())).plusMinutes(1);
    } else if (what.contains(" ")) {
      String[] allowance = what.split(" ", 2);
      until = OffsetDateTime.parse(caller.as(someone("administrator")).get("/api/calendar/due?from="
          + java.net.URLEncoder.encode(now().toString(), java.nio.charset.StandardCharsets.UTF_8) + "&amount="
          + allowance[0] + "&unit=" + allowance[1]).expect(200).json().get("due").asText()).plusMinutes(1);
    } else {
      until = now().plus(Duration.parse(what));
    }
    caller.as(someone("administrator")).post("/api/demo/clock",
        Map.of("advance", Duration.between(now(), until).toString())).expect(200);
  }

  /** When that clock runs out; one that the system has just started is waited for. */
  private OffsetDateTime due(String clock) {
    List<OffsetDateTime> found = new ArrayList<>();
    soon("the clock " + clock + " runs", () -> {
      file().get("deadlines").forEach(d -> {
        if (d.get("task").asText().equals(clock)) {
          found.add(OffsetDateTime.parse(d.get("due").asText()));
        }
      });
      return !found.isEmpty();
    });
    return found.get(0);
  }

  /** What timers and sweeps lead to comes a moment later, so it is waited for, within a bound. */
  private void expect(Step step) {
    if (!(step.what() instanceof Map<?, ?> expected)) {
      throw new AssertionError("expect takes keys with values");
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        expected.forEach(this::expect);
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  private void expect(Object key, Object value) {
    if (key.equals("milestones")) {
      List<String> reached = new ArrayList<>();
      file().get("milestones").forEach(m -> reached.add(m.get("key").asText()));
      assertThat(reached).as("milestones").containsSubsequence(list(value));
    } else if (key.equals("alerts") && value instanceof Map<?, ?> byTask) {
      Map<String, List<String>> raised = alerts();
      byTask.forEach((task, levels) -> assertThat(raised.getOrDefault(String.valueOf(task), List.of()))
          .as("alerts of " + task).isEqualTo(list(levels)));
    } else {
      assertThat(file().path((String) key).asText()).as(String.valueOf(key)).isEqualTo(String.valueOf(value));
    }
  }

  /** Levels raised for this case by task, in the order in which they went out. */
  private Map<String, List<String>> alerts() {
    Map<String, List<String>> raised = new HashMap<>();
    caller.as(someone("supervisor")).get("/api/alerts?limit=200&case=" + number).expect(200).json().get("items")
        .forEach(a -> raised.computeIfAbsent(a.get("task").asText(), k -> new ArrayList<>())
            .add(0, a.get("level").asText()));
    return raised;
  }

  private boolean refusedAsExpected(Step step, Answer answer) {
    if (step.refused() == null) {
      return false;
    }
    assertThat(answer.status()).as("refused, but got " + answer.text()).isBetween(400, 499);
    assertThat(answer.text()).contains(step.refused());
    return true;
  }

  /** Who may do the action, by the model's own words. */
  private String actor(Step step) {
    if (step.by() != null) {
      return step.by();
    }
    JsonNode file = file();
    for (String may : who(step.text())) {
      String[] unitAndPost = may.split(":", 2);
      if (unitAndPost.length == 2) {
        String unit = switch (unitAndPost[0]) {
          case "lead" -> file.get("unit").asText();
          case "centre" -> null;
          default -> unitAndPost[0];
        };
        return accounts.stream().filter(a -> a.posts().contains(unitAndPost[1]))
            .filter(a -> unit == null || a.unit().equals(unit)).map(Account::username).findFirst()
            .orElseThrow(() -> new AssertionError("there is no account for " + may));
      }
    }
    throw new AssertionError("the model does not say who may " + step.text());
  }

  /** A side process listens beside the case it is about: what the story's own model does not name, another does. */
  private List<String> who(String action) {
    if (diagram.who().containsKey(action)) {
      return diagram.who().get(action);
    }
    try (Stream<Path> folders = Files.list(Path.of("processes"))) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        Path model = folder.resolve(folder.getFileName() + ".bpmn");
        List<String> who = Files.exists(model) ? Diagram.read(model).who().get(action) : null;
        if (who != null) {
          return who;
        }
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Account> candidates(Step step, String unit, String post) {
    return accounts.stream().filter(a -> step.by() == null || a.username().equals(step.by()))
        .filter(a -> step.by() != null || a.unit().equals(unit) && (post == null || a.posts().contains(post))).toList();
  }

  private String someone(Step step, String post) {
    return step.by() != null ? step.by() : someone(post);
  }

  private String someone(String post) {
    return accounts.stream().filter(a -> a.posts().contains(post)).map(Account::username).findFirst()
        .orElseThrow(() -> new AssertionError("there is no account with the post " + post));
  }

  /** A case's name in the story becomes its number. */
  private Map<String, Object> named(Map<String, Object> answers) {
    Map<String, Object> named = new LinkedHashMap<>();
    answers.forEach((key, answer) -> named.put(key,
        answer instanceof String text ? called.getOrDefault(text, text) : answer));
    return named;
  }

  private JsonNode file() {
    return caller.as(someone("supervisor")).get("/api/cases/" + Objects.requireNonNull(number, "no case started"))
        .expect(200).json();
  }

  private List<String> openTasks() {
    return StreamSupport.stream(file().get("openItems").spliterator(), false).map(i -> i.get("task").asText())
        .sorted().toList();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.parse(caller.as(someone("administrator")).get("/api/demo/clock").expect(200).json()
        .get("now").asText());
  }

  private LocalDate today() {
    return now().toLocalDate();
  }

  /** The engine's timers run beside us: what they lead to is waited for, within a bound. */
  private void soon(String what, BooleanSupplier state) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() > until) {
        JsonNode file = file();
        throw new AssertionError("not true: " + what + "; stage is " + file.get("stage").asText() + ", open are "
            + openTasks());
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static List<String> list(Object value) {
    return value instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of(String.valueOf(value));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
