package org.closedloop.board.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.closedloop.board.scorecard.Scorecard.Row;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.casefile.export.ExportTable;
import org.closedloop.casefile.export.ExportTable.Column;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** A month's scorecards as a file: the rows and numbers that the page shows, in its order, the sum first. */
@Component
class ScorecardExport {

  private static final Words TOTAL = Words.of("合计", "Total");
  private static final Words NOT_SAID = Words.of("未填写", "Not said");
  private static final Words FROZEN = Words.of("已封存", "Frozen");
  private static final Words COUNTING = Words.of("未封存，仍会变化", "Not frozen, may still change");

  private final Categories categories;

  ScorecardExport(Categories categories) {
    this.categories = categories;
  }

  ExportTable table(Scorecard card, Locale locale) {
    List<Row> rows = new ArrayList<>(List.of(card.total()));
    rows.addAll(card.items());
    return new ExportTable("scorecards", Words.of("考评 " + card.month(), "scorecards " + card.month()), columns(card),
        most -> Math.min(most, rows.size()), sheet -> rows.forEach(r -> sheet.accept(cells(card, r, locale))));
  }

  private static List<Column> columns(Scorecard card) {
    List<Column> columns = new ArrayList<>(List.of(Column.of("月份", "Month", 10), Column.of("名次", "Rank", 7),
        switch (card.by()) {
          case "unit" -> Column.of("单位", "Unit", 28);
          case "area" -> Column.of("区域", "Area", 18);
          default -> Column.of("事项分类", "Category", 24);
        }, Column.of("得分", "Score", 8)));
    for (Rate rate : Rate.RATES) {
      Integer weight = card.weights().getOrDefault(rate.key(), 0);
      String weighs = weight == 0 ? "" : " ×" + weight + "%";
      columns.add(Column.of(rate.words().zh() + "（%）" + weighs, rate.words().en() + " (%)" + weighs, 16));
      columns.add(Column.of(rate.words().zh() + " 达到", rate.words().en() + ", met", 14));
      columns.add(Column.of(rate.words().zh() + " 应计", rate.words().en() + ", due", 14));
    }
    for (Rate count : List.of(Rate.SUSPENDED, Rate.YELLOW_CARD, Rate.RED_CARD)) {
      columns.add(Column.of(count.words().zh(), count.words().en(), 10));
    }
    columns.addAll(List.of(Column.of("评哨次数", "times marked", 10), Column.of("评哨 到场", "marks, arrival", 10),
        Column.of("评哨 力度", "marks, effort", 10), Column.of("评哨 结果", "marks, result", 10), Column.of("数据状态", "State", 22)));
    return columns;
  }

  private Object[] cells(Scorecard card, Row row, Locale locale) {
    List<Object> cells = new ArrayList<>();
    cells.add(card.month());
    cells.add(row.rank());
    cells.add(name(card, row, locale));
    cells.add(row.score());
    for (Rate rate : Rate.RATES) {
      Scorecard.Share share = row.rates().get(rate.key());
      cells.add(share.rate() == null ? null : Math.round(1000 * share.rate()) / 10.0);
      cells.add(share.numerator());
      cells.add(share.denominator());
    }
    cells.add(row.suspended().cases());
    cells.add(row.cards().yellow().cases());
    cells.add(row.cards().red().cases());
    cells.add(row.marks().marked());
    cells.add(row.marks().arrival());
    cells.add(row.marks().effort());
    cells.add(row.marks().result());
    cells.add((card.frozenAt() == null ? COUNTING : FROZEN).in(locale));
    return cells.toArray();
  }

  private String name(Scorecard card, Row row, Locale locale) {
    if (row.key().equals("all")) {
      return TOTAL.in(locale);
    }
    if (row.key().equals("none") && !card.by().equals("unit")) {
      return NOT_SAID.in(locale);
    }
    return card.by().equals("category") && Locale.ENGLISH.getLanguage().equals(locale.getLanguage())
        ? categories.category(row.key()).map(Category::nameEn).orElse(row.name()) : row.name();
  }
}
