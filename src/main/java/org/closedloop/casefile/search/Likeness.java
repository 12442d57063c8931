package org.closedloop.casefile.search;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How alike two matters are: the cosine of their titles and of their texts over pairs of neighbouring characters, where a pair
 * counts the more the fewer texts have it; less when they lie apart in time or place. Weights by measurement on labelled
 * pairs, see decision 13.
 */
final class Likeness {

  /** Of a long story the beginning says what it is about. */
  static final int LONGEST = 300;

  private static final int PAIRS = 1 << 18;
  private static final double METRES_A_DEGREE = 111_320;
  private static final double NEAR = 500;
  private static final double ELSEWHERE = 3000;
  private static final double OTHER_PLACE = 0.6;
  private static final double SPOT = 200;
  private static final double ONE_SPOT = 0.35;
  /** A matter of long ago keeps this much of its likeness. */
  private static final double OLD = 0.8;
  private static final double HALF_LIFE_DAYS = 60;

  /** How much a pair says, by how few texts of the sample have it; two pairs may share a number. */
  private final float[] rarity = new float[PAIRS];

  /** @param sample texts from which it is seen what is common; may be empty */
  Likeness(Collection<String> sample) {
    int[] seenIn = new int[PAIRS];
    for (String text : sample) {
      Arrays.stream(pairs(text)).distinct().forEach(pair -> seenIn[pair]++);
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      rarity[pair] = (float) Math.log((sample.size() + 2.0) / (seenIn[pair] + 1.0));
    }
  }

  /** What is asked about, read once. */
  final class Asked {

    private final Matter matter;
    private final Map<Integer, Double> title;
    private final Map<Integer, Double> text;

    private Asked(Matter matter) {
      this.matter = matter;
      this.title = weights(matter.title());
      this.text = weights(matter.text());
    }

    /** 0 to 1. */
    double to(Matter other) {
      double titles = cosine(title, other.title());
      double words = text.isEmpty() || other.text().isEmpty() ? titles : (titles + cosine(text, other.text())) / 2;
      return Math.min(1, words * age(matter, other) * apart(matter, other) + sameSpot(matter, other));
    }
  }

  Asked asked(Matter matter) {
    return new Asked(matter);
  }

  private static double age(Matter one, Matter other) {
    double days = Math.abs(Duration.between(one.openedAt(), other.openedAt()).toHours()) / 24.0;
    return OLD + (1 - OLD) * Math.pow(0.5, days / HALF_LIFE_DAYS);
  }

  /** What lies elsewhere is less alike. */
  private static double apart(Matter one, Matter other) {
    if (!placed(one, other)) {
      boolean within = one.areaPath().startsWith(other.areaPath()) || other.areaPath().startsWith(one.areaPath());
      return within ? 1 : OTHER_PLACE;
    }
    double far = (metres(one, other) - NEAR) / (ELSEWHERE - NEAR);
    return 1 - (1 - OTHER_PLACE) * Math.max(0, Math.min(1, far));
  }

  /** What lies on the same spot is worth a look whatever its words. */
  private static double sameSpot(Matter one, Matter other) {
    return placed(one, other) ? ONE_SPOT * Math.max(0, 1 - metres(one, other) / SPOT) : 0;
  }

  private static boolean placed(Matter one, Matter other) {
    return one.lat() != null && one.lng() != null && other.lat() != null && other.lng() != null;
  }

  /** On a flat ground, good enough within some kilometres. */
  private static double metres(Matter one, Matter other) {
    double north = (one.lat() - other.lat()) * METRES_A_DEGREE;
    double east = (one.lng() - other.lng()) * METRES_A_DEGREE * Math.cos(Math.toRadians(one.lat()));
    return Math.hypot(north, east);
  }

  /** Of length one. */
  private Map<Integer, Double> weights(String text) {
    int[] pairs = pairs(text);
    double length = length(pairs);
    Map<Integer, Double> weights = new HashMap<>();
    for (int i = 0, times; i < pairs.length; i += times) {
      times = times(pairs, i);
      weights.put(pairs[i], weight(pairs[i], times) / length);
    }
    return weights;
  }

  private double cosine(Map<Integer, Double> one, String other) {
    int[] pairs = pairs(other);
    double sum = 0;
    for (int i = 0, times; i < pairs.length; i += times) {
      times = times(pairs, i);
      Double weight = one.get(pairs[i]);
      sum += weight == null ? 0 : weight * weight(pairs[i], times);
    }
    return sum == 0 ? 0 : sum / length(pairs);
  }

  private double length(int[] pairs) {
    double squares = 0;
    for (int i = 0, times; i < pairs.length; i += times) {
      times = times(pairs, i);
      squares += weight(pairs[i], times) * weight(pairs[i], times);
    }
    return Math.sqrt(squares);
  }

  private double weight(int pair, int times) {
    return (1 + (times == 1 ? 0 : Math.log(times))) * rarity[pair];
  }

  private static int times(int[] sorted, int from) {
    int to = from + 1;
    while (to < sorted.length && sorted[to] == sorted[from]) {
      to++;
    }
    return to - from;
  }

  /** Pairs of letters that stand side by side in the beginning, as sorted numbers; what is no letter or digit parts them. */
  private static int[] pairs(String text) {
    int[] pairs = new int[LONGEST];
    int found = 0;
    int before = -1;
    for (int i = 0; i < Math.min(LONGEST, text.length()); i++) {
      char c = Character.toLowerCase(text.charAt(i));
      boolean letter = Character.isLetterOrDigit(c) || Character.isSurrogate(c);
      if (letter && before >= 0) {
        pairs[found++] = (before * 31_337 + c * 0x9E37) * 0x9E3779B9 >>> 32 - 18;
      }
      before = letter ? c : -1;
    }
    int[] sorted = Arrays.copyOf(pairs, found);
    Arrays.sort(sorted);
    return sorted;
  }
}
