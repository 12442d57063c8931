package org.closedloop.casefile.category;

import jakarta.annotation.PostConstruct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.closedloop.problem.Words;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The category tree, answered from a picture in memory. A change made on this node shows when it is committed, one made
 * on another node within {@value #REFRESH_MILLIS} ms.
 */
@Service
public class Categories {

  static final long REFRESH_MILLIS = 2000;

  private record Picture(long number, Map<String, Category> tree) {}

  private final CategoryMapper rows;
  private final CategoryChangeMapper changes;
  private volatile Picture picture = new Picture(-1, Map.of());

  Categories(CategoryMapper rows, CategoryChangeMapper changes) {
    this.rows = rows;
    this.changes = changes;
  }

  /** The category with this code, retired ones too: names in old cases must still be found. */
  public Optional<Category> category(String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(picture.tree.get(code));
  }

  /** The category with this code when it may be given to a new case. */
  public Optional<Category> usable(String code) {
    return category(code).filter(c -> !c.retired());
  }

  /** All categories, retired ones too, each after the one above it. */
  public List<Category> all() {
    return List.copyOf(picture.tree.values());
  }

  /** The names from the first level down to the category; empty when there is no such category. */
  public List<Words> path(String code) {
    List<Words> names = new ArrayList<>();
    for (var at = category(code); at.isPresent(); at = category(at.get().parent())) {
      names.add(0, Words.of(at.get().name(), at.get().nameEn()));
    }
    return names;
  }

  /** Looks whether another node has changed something. Runs on a thread of its own, outside every transaction. */
  @PostConstruct
  @Scheduled(fixedDelay = REFRESH_MILLIS)
  void refresh() {
    if (changes.number() != picture.number) {
      read();
    }
  }

  void read() {
    // the number first: a change between the two reads is then seen by the next refresh, never lost
    long number = changes.number();
    Map<String, Category> tree = new LinkedHashMap<>();
    rows.all().forEach(c -> tree.put(c.code(), c));
    picture = new Picture(number, tree);
  }
}
