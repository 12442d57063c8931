package org.closedloop.casefile.suggest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.closedloop.casefile.category.Category;

/**
 * Learns what the texts of a category have in common: the sum of their term weights (tf–idf), in which a term counts by the
 * share of it that the category has among its siblings. A text belongs where it is most alike on all levels together.
 * Chosen by measurement, see decision 12.
 *
 * <p>For strangers a term that fewer than {@value #FLOOR} learnt texts hold has no effect: otherwise somebody could type
 * a name and read from the answer what that person once reported. Seeds are public and count from the first.
 */
final class CategoryModel {

  /** How sharply likeness decides; with it the score of a first level is about how often it is right. */
  static final double SHARPNESS = 0.03;

  /** From how many texts on a term counts for strangers. */
  static final int FLOOR = 3;

  /** Who asks: a stranger, or somebody who may see all the cases that were learnt. */
  enum Asker { STRANGER, DISPATCHER }

  /** A category and how likely the text belongs there: 0 to 1, all leaves together 1. */
  record Guess(String code, double score) {}

  /** A text and the category somebody confirmed for it. */
  record Sample(String code, Features text) {}

  private static final class Node {
    final String code;
    final Node parent;
    final List<Node> children = new ArrayList<>();
    final Weights sum = new Weights();
    /** Length of what the siblings do not have, by who asks. */
    final double[] length = new double[Asker.values().length];

    Node(String code, Node parent) {
      this.code = code;
      this.parent = parent;
      if (parent != null) {
        parent.children.add(this);
      }
    }
  }

  private final Node root = new Node("", null);
  private final Map<String, Node> nodes = new HashMap<>();
  /** In how many learnt texts a term occurs. */
  private final int[] seenIn = new int[Features.TERMS];
  private final BitSet seeded = new BitSet(Features.TERMS);
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private int depth;
  private int learnt;

  /** @param tree every category after the one above it; retired ones are not suggested */
  CategoryModel(Collection<Category> tree) {
    for (Category c : tree) {
      Node parent = c.parent() == null ? root : nodes.get(c.parent());
      if (!c.retired() && parent != null) {
        nodes.put(c.code(), new Node(c.code(), parent));
        depth = Math.max(depth, c.level());
      }
    }
  }

  /** What the product itself says about categories; before anything is learnt. */
  void seed(Collection<Sample> seeds) {
    seeds.forEach(s -> {
      for (int term : s.text().terms()) {
        seeded.set(term);
      }
    });
    learn(seeds);
  }

  /** Samples of categories that are not suggested are passed over. */
  void learn(Collection<Sample> samples) {
    List<Sample> known = samples.stream().filter(s -> nodes.containsKey(s.code())).toList();
    lock.writeLock().lock();
    try {
      learnt += known.size();
      for (Sample sample : known) {
        for (int term : sample.text().terms()) {
          seenIn[term]++;
        }
      }
      Set<Node> changed = new HashSet<>();
      for (Sample sample : known) {
        double[] weights = weights(sample.text(), Asker.DISPATCHER);
        for (Node at = nodes.get(sample.code()); at != null; at = at.parent) {
          for (int i = 0; i < weights.length; i++) {
            at.sum.add(sample.text().terms()[i], weights[i]);
          }
          changed.add(at);
        }
      }
      changed.forEach(parent -> parent.children.forEach(this::measure));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** How many samples have been learnt, seeds among them. */
  int learnt() {
    return learnt;
  }

  /** The likeliest leaves, at most so many; none when no term of the text counts. */
  List<Guess> guess(Features text, Asker by, int most) {
    lock.readLock().lock();
    try {
      Question question = new Question(text.terms(), weights(text, by), by);
      if (root.children.stream().noneMatch(c -> likeness(c, question) > 0)) {
        return List.of();
      }
      List<Guess> leaves = new ArrayList<>();
      descend(root, 0, 0, question, leaves);
      return shares(leaves).sorted(Comparator.comparingDouble(Guess::score).reversed().thenComparing(Guess::code))
          .limit(most).toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  private record Question(int[] terms, double[] weights, Asker by) {}

  /**
   * Adds up likeness on the way down: a leaf is as likely as it and all above it are alike. A leaf higher up counts as
   * often as a deep one.
   */
  private void descend(Node node, int level, double alike, Question question, List<Guess> leaves) {
    if (node.children.isEmpty()) {
      leaves.add(new Guess(node.code, alike * depth / level));
      return;
    }
    for (Node child : node.children) {
      descend(child, level + 1, alike + likeness(child, question), question, leaves);
    }
  }

  private static Stream<Guess> shares(List<Guess> leaves) {
    double most = leaves.stream().mapToDouble(Guess::score).max().orElse(0);
    double all = leaves.stream().mapToDouble(g -> Math.exp((g.score() - most) / SHARPNESS)).sum();
    return leaves.stream().map(g -> new Guess(g.code(), Math.exp((g.score() - most) / SHARPNESS) / all));
  }

  /** The cosine between the text and what the category's texts have in common. */
  private static double likeness(Node node, Question question) {
    double length = node.length[question.by().ordinal()];
    double sum = 0;
    for (int i = 0; length > 0 && i < question.terms().length; i++) {
      if (question.weights()[i] > 0) {
        int term = question.terms()[i];
        sum += question.weights()[i] * common(node, term, node.sum.get(term));
      }
    }
    return length > 0 ? sum / length : 0;
  }

  /** A term the siblings have too says less. */
  private static double common(Node node, int term, float weight) {
    return weight == 0 ? 0 : weight * Math.sqrt(weight / node.parent.sum.get(term));
  }

  private void measure(Node node) {
    double[] squares = new double[Asker.values().length];
    node.sum.each((term, weight) -> {
      double common = common(node, term, weight);
      for (Asker by : Asker.values()) {
        squares[by.ordinal()] += counts(term, by) ? common * common : 0;
      }
    });
    for (Asker by : Asker.values()) {
      node.length[by.ordinal()] = Math.sqrt(squares[by.ordinal()]);
    }
  }

  private boolean counts(int term, Asker by) {
    return by == Asker.DISPATCHER || seenIn[term] >= FLOOR || seeded.get(term);
  }

  /** tf–idf, of length one. */
  private double[] weights(Features text, Asker by) {
    double[] weights = new double[text.terms().length];
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      int term = text.terms()[i];
      if (seenIn[term] > 0 && counts(term, by)) {
        weights[i] = (1 + Math.log(text.counts()[i])) * Math.log((learnt + 1.0) / seenIn[term]);
        squares += weights[i] * weights[i];
      }
    }
    for (int i = 0; squares > 0 && i < weights.length; i++) {
      weights[i] /= Math.sqrt(squares);
    }
    return weights;
  }
}
