package org.closedloop.deadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.closedloop.csv.CsvTable;
import org.closedloop.problem.InvalidInput;
import org.junit.jupiter.api.Test;

/** The notices of the State Council as they are published, and as people paste them. */
class HolidayNoticeTest {

  private static final String OF_2026 = """
      国务院办公厅关于2026年
      部分节假日安排的通知
      国办发明电〔2025〕7号
      各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
      经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
      一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
      二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
      三、清明节：4月4日（周六）至6日（周一）放假，共3天。
      四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
      五、端午节：6月19日（周五）至21日（周日）放假，共3天。
      六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
      七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
      节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置。
      """;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void theNoticeOf2026SaysWhatTheProductShips() {
    var read = HolidayNotice.read(OF_2026, null, json);
    var shipped = CsvTable.resource("reference/holidays.csv", List.of("date", "kind", "name", "source"), List.of()).rows()
        .stream().filter(r -> r.text("date").startsWith("2026")).map(r -> new OfficeDay(r.date("date").orElseThrow(),
            r.text("kind"), r.text("name"), r.text("source"))).toList();
    assertThat(read.year()).isEqualTo(2026);
    assertThat(read.days()).isEqualTo(shipped);
  }

  @Test
  void aPieceOfANoticeNeedsAYearAndADayThatGoesOnIntoTheNextYearKeepsIts() {
    String piece = "一、元旦：2022年12月31日（周六）至2023年1月2日（周一）放假调休，共3天。\n二、清明节：4月5日放假，与周末连休。";
    var read = HolidayNotice.read(piece, 2023, json);
    assertThat(read.days()).extracting(d -> d.date() + " " + d.kind() + " " + d.name()).containsExactly(
        "2022-12-31 off 元旦", "2023-01-01 off 元旦", "2023-01-02 off 元旦", "2023-04-05 off 清明节");
    assertThatThrownBy(() -> HolidayNotice.read("元旦：1月1日放假。", null, json)).isInstanceOfSatisfying(InvalidInput.class,
        e -> assertThat(e.errors().get(0).field()).isEqualTo("year"));
  }

  @Test
  void aNoticeOfAnotherYearOrWithAWrongCountIsRefused() {
    assertThatThrownBy(() -> HolidayNotice.read(OF_2026.replace("2026年", "2027年"), null, json))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.errors().get(0).message().zh())
            .contains("元旦").contains("周四").contains("2027年"));
    assertThatThrownBy(() -> HolidayNotice.read(OF_2026.replace("共9天", "共8天"), null, json))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.errors()).hasSize(1));
    for (String text : new String[] {"", "  ", "明天放假", "2月30日放假", "{", "[{}]", "{\"days\":7}", "x".repeat(30_000)}) {
      assertThatThrownBy(() -> HolidayNotice.read(text, 2026, json)).as(text.length() > 99 ? "long" : text)
          .isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void calendarsOfTheNetAreRead() {
    var read = HolidayNotice.read("""
        {"year": 2027, "papers": ["x"], "days": [
          {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}
        """, null, json);
    assertThat(read.days()).extracting(OfficeDay::kind).containsExactly("off", "work");
  }
}
