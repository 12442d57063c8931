package org.closedloop.casefile.suggest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.casefile.suggest.CategoryModel.Asker;
import org.closedloop.casefile.suggest.CategoryModel.Sample;
import org.closedloop.casefile.suggest.ConfirmedMapper.Confirmed;
import org.closedloop.problem.Words;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Suggests categories for a text. Every node learns by itself from the database: the newest confirmed cases at its start,
 * in the background, and what is accepted on any node within some seconds. Until then, and on an empty database, it
 * suggests by what the product ships.
 */
@Service
public class CategorySuggestions {

  /**
   * A category a new case may have.
   *
   * @param path  the names from the first level down to it
   * @param score 0 to 1, its share among all categories
   */
  public record Suggestion(String code, List<Words> path, double score) {

    /** The names, from the first level down, in Chinese. */
    public String label() {
      return String.join(" / ", path.stream().map(Words::zh).toList());
    }
  }

  static final int SHOWN = 3;
  private static final int LONGEST = 2000;
  /** Of a long story the beginning says what it is about. */
  private static final int LEARNT_LENGTH = 600;
  private static final int PAGE = 500;
  private static final long REFRESH_MILLIS = 3000;
  /** Acceptances are looked for again this long, because a transaction may commit after a later one. */
  private static final Duration LATE = Duration.ofSeconds(60);

  private final Categories categories;
  private final ConfirmedMapper confirmed;
  private final int most;
  private final TextReader reader = new TextReader();
  private volatile CategoryModel model;

  private List<Category> tree = List.of();
  private int learntSinceBuilt;
  /** Positions seen lately and when; all before the first has been learnt for good. */
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Set<Long> recent = new HashSet<>();

  private record Mark(long position, long nanos) {}

  /** @param most how many confirmed cases are kept in mind, the newest */
  CategorySuggestions(Categories categories, ConfirmedMapper confirmed,
      @Value("${closedloop.suggestion-cases:5000}") int most) {
    this.categories = categories;
    this.confirmed = confirmed;
    this.most = most;
  }

  /** For anybody: says nothing about any single case. At most three, the likeliest first; none when nothing is known. */
  public List<Suggestion> forStranger(String title, String text) {
    return suggest(title, text, Asker.STRANGER);
  }

  /** For those who may see every case that was learnt from, that is, the county's dispatchers. */
  public List<Suggestion> forDispatcher(String title, String text) {
    return suggest(title, text, Asker.DISPATCHER);
  }

  private List<Suggestion> suggest(String title, String text, Asker by) {
    CategoryModel now = model;
    if (now == null) {
      return List.of();
    }
    return now.guess(reader.read(title, text.length() > LONGEST ? text.substring(0, LONGEST) : text), by, SHOWN).stream()
        .filter(g -> categories.usable(g.code()).isPresent())
        .map(g -> new Suggestion(g.code(), categories.path(g.code()), Math.round(g.score() * 100) / 100.0)).toList();
  }

  /** Learns what has been accepted since; begins anew when the tree has changed or half of what it knows is too old. */
  @Scheduled(fixedDelay = REFRESH_MILLIS, initialDelay = REFRESH_MILLIS)
  synchronized void refresh() {
    List<Category> present = categories.all();
    if (model == null || !present.equals(tree) || learntSinceBuilt > Math.max(most / 2, PAGE)) {
      build(present);
    }
    learn(model);
  }

  private void build(List<Category> present) {
    CategoryModel seeded = new CategoryModel(present);
    seeded.seed(Seeds.of(present, reader));
    if (model == null) {
      model = seeded;
    }
    marks.clear();
    recent.clear();
    marks.add(new Mark(confirmed.before(most), System.nanoTime()));
    learn(seeded);
    model = seeded;
    tree = present;
    learntSinceBuilt = 0;
  }

  private void learn(CategoryModel into) {
    while (marks.size() > 1 && System.nanoTime() - second().nanos() > LATE.toNanos()) {
      marks.removeFirst();
    }
    long floor = marks.getFirst().position();
    recent.removeIf(position -> position <= floor);
    List<Long> unseen = confirmed.after(floor, most + PAGE).stream().filter(position -> !recent.contains(position)).toList();
    for (int from = 0; from < unseen.size(); from += PAGE) {
      List<Long> page = unseen.subList(from, Math.min(from + PAGE, unseen.size()));
      learn(confirmed.between(page.get(0), page.get(page.size() - 1), LEARNT_LENGTH), into);
      recent.addAll(page);
    }
    if (!unseen.isEmpty() && unseen.get(unseen.size() - 1) > marks.getLast().position()) {
      marks.add(new Mark(unseen.get(unseen.size() - 1), System.nanoTime()));
    }
  }

  private void learn(List<Confirmed> cases, CategoryModel into) {
    List<Sample> samples = cases.stream().filter(c -> !recent.contains(c.position()))
        .map(c -> new Sample(c.category(), reader.read(c.title(), c.text()))).toList();
    into.learn(samples);
    learntSinceBuilt += samples.size();
  }

  private Mark second() {
    var from = marks.iterator();
    from.next();
    return from.next();
  }
}
