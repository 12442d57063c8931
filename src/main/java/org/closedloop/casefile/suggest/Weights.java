package org.closedloop.casefile.suggest;

/** Term to weight, in two arrays: a map of boxed numbers would take five times the memory. Not for several threads. */
final class Weights {

  private static final int FIRST = 64;

  /** The term and one; 0 is free. */
  private int[] keys = new int[FIRST];
  private float[] values = new float[FIRST];
  private int size;

  float get(int term) {
    return values[slot(term)];
  }

  void add(int term, double weight) {
    int slot = slot(term);
    if (keys[slot] == 0) {
      if (++size * 2 > keys.length) {
        grow();
        slot = slot(term);
      }
      keys[slot] = term + 1;
    }
    values[slot] += (float) weight;
  }

  /** Takes every term with its weight. */
  interface Each {
    void accept(int term, float weight);
  }

  void each(Each what) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        what.accept(keys[i] - 1, values[i]);
      }
    }
  }

  private int slot(int term) {
    int mask = keys.length - 1;
    int slot = (term * 0x9E3779B9 >>> 7) & mask;
    while (keys[slot] != 0 && keys[slot] != term + 1) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    float[] oldValues = values;
    keys = new int[oldKeys.length * 2];
    values = new float[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
