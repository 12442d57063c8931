package org.closedloop.csv;

import java.util.ArrayList;
import java.util.List;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;

/** What is wrong with the rows of one CSV file, each named as {@code rows[<number>].<column>}. */
public final class RowErrors {

  /** A file in the wrong order is wrong in every row; nobody reads thousands of findings. */
  private static final int MOST = 200;

  private final List<FieldError> found = new ArrayList<>();
  private int more;

  /**
   * @param row    the number a spreadsheet shows beside the row
   * @param column the column's name, empty when the row as a whole is wrong
   */
  public void add(int row, String column, String zh, String en) {
    if (found.size() == MOST) {
      more++;
      return;
    }
    String at = column.isEmpty() ? "" : " " + column;
    found.add(FieldError.of("rows[" + row + "]" + (column.isEmpty() ? "" : "." + column),
        "第 " + row + " 行" + at + "：" + zh, "Row " + row + at + ": " + en));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<FieldError> found() {
    return List.copyOf(found);
  }

  /** Ends an import before anything is written; all findings at once. */
  public void throwIfAny() {
    if (isEmpty()) {
      return;
    }
    List<FieldError> all = new ArrayList<>(found);
    if (more > 0) {
      all.add(FieldError.of("rows", "还有 " + more + " 处错误没有列出。", more + " further findings are not listed."));
    }
    throw new InvalidInput(all);
  }
}
