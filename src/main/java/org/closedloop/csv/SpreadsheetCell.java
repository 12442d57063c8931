package org.closedloop.csv;

/**
 * Keeps spreadsheets from taking a text for a formula. A citizen can put {@code =HYPERLINK(…)} into a report; exported
 * and opened by an official it would run. Such texts get an apostrophe in front, which reading takes off again.
 */
public final class SpreadsheetCell {

  /** What starts a formula, also full-width as Chinese input methods write it; the last three may hide one. */
  private static final String STARTS = "=+-@＝＋－＠\t\r\n";

  private SpreadsheetCell() {}

  /** The text as it may stand in a CSV or XLSX cell; null becomes empty. */
  public static String safe(String text) {
    return text == null ? "" : startsFormula(text) ? "'" + text : text;
  }

  /** The text as it was before {@link #safe}. */
  static String plain(String cell) {
    return cell.startsWith("'") && startsFormula(cell) ? cell.substring(1) : cell;
  }

  /** Apostrophes are looked through, so that a text that has one already keeps it on the way out and back. */
  private static boolean startsFormula(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (STARTS.indexOf(c) >= 0) {
        return true;
      }
      // Some programs drop blanks in front before they look.
      if (c != '\'' && !Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '\uFEFF') {
        return false;
      }
    }
    return false;
  }
}
