package org.closedloop.casefile.suggest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Reads words and pairs of characters out of a text. Words alone miss what the dictionary does not know, pairs alone miss
 * what a word is; together they did best in the measurement. What holds a digit (numbers of telephones, houses, dates) says
 * nothing of the matter and is left out.
 */
final class TextReader {

  private static final float TITLE = 5;
  private static final int SEED = 20260101;

  private final Analyzer words = new SmartChineseAnalyzer();
  private final Analyzer pairs = new CJKAnalyzer();

  /** Either may be empty. */
  Features read(String title, String text) {
    Map<Integer, Float> found = new HashMap<>();
    for (Analyzer analyzer : new Analyzer[] {words, pairs}) {
      add(analyzer, title, TITLE, found);
      add(analyzer, text, 1, found);
    }
    int[] terms = new int[found.size()];
    float[] counts = new float[terms.length];
    int i = 0;
    for (Map.Entry<Integer, Float> one : found.entrySet()) {
      terms[i] = one.getKey();
      counts[i++] = one.getValue();
    }
    return new Features(terms, counts);
  }

  private static void add(Analyzer analyzer, String text, float weight, Map<Integer, Float> found) {
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      TermToBytesRefAttribute term = stream.addAttribute(TermToBytesRefAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        BytesRef bytes = term.getBytesRef();
        if (says(bytes)) {
          found.merge(StringHelper.murmurhash3_x86_32(bytes, SEED) & Features.TERMS - 1, weight, Float::sum);
        }
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At least two characters (a Chinese one has three bytes), and no digit. */
  private static boolean says(BytesRef term) {
    if (term.length < 2 || term.length == 3 && term.bytes[term.offset] < 0) {
      return false;
    }
    for (int i = term.offset; i < term.offset + term.length; i++) {
      if (term.bytes[i] >= '0' && term.bytes[i] <= '9') {
        return false;
      }
    }
    return true;
  }
}
