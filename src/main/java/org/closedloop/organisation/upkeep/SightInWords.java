package org.closedloop.organisation.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.Sight;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** Says in sentences what posts in a unit mean, so that nobody has to guess what a tick gives away. */
@Component
class SightInWords {

  /**
   * @param sees what the person reads: cases, and who reported them
   * @param does what the person may do there, a sentence for each post
   */
  record Told(List<String> sees, List<String> does) {}

  private final Organisation organisation;

  SightInWords(Organisation organisation) {
    this.organisation = organisation;
  }

  Told of(Official official, Locale locale) {
    return new Told(sees(official, organisation.sightOf(official)).stream().map(w -> w.in(locale)).toList(),
        official.posts().stream().sorted().map(p -> does(p, official).in(locale)).toList());
  }

  private List<Words> sees(Official official, Sight sight) {
    if (sight.nothing()) {
      return List.of(Words.of("看不到任何案件。", "Sees no case at all."));
    }
    List<Words> told = new ArrayList<>();
    String unit = official.unit().name();
    if (sight.county()) {
      told.add(Words.of("看得到全县的案件。", "Sees every case of the county."));
    } else {
      int below = sight.units().size() - 1;
      told.add(below == 0
          ? Words.of("看得到“" + unit + "”经手的案件。", "Sees the cases " + unit + " is or was concerned with.")
          : Words.of("看得到“" + unit + "”及下属 " + below + " 个单位经手的案件。",
              "Sees the cases " + unit + " and the " + below + " units below it are or were concerned with."));
      if (sight.areaPath() != null) {
        String area = organisation.area(official.unit().area()).map(Area::name).orElse(official.unit().area());
        told.add(Words.of("看得到发生在“" + area + "”的全部案件。", "Sees every case that lies in " + area + "."));
      }
    }
    told.add(!sight.reporters()
        ? Words.of("看不到反映人的姓名和电话。", "Does not see who reported.")
        : sight.county() ? Words.of("看得到反映人的姓名和电话。", "Sees who reported, with phone number.")
            : Words.of("本单位主办的案件，看得到反映人的姓名和电话；其他案件看不到。",
                "Sees who reported, with phone number, in the cases the unit leads, and in no others."));
    return told;
  }

  private static Words does(Post post, Official official) {
    String unit = official.unit().name();
    boolean centre = official.unit().kind() == UnitKind.COMMAND_CENTRE;
    return switch (post) {
      case DISPATCHER -> Words.of("派遣员：受理、派遣发到“" + unit + "”的案件。",
          "Dispatcher: accepts and dispatches what comes to " + unit + ".");
      case HANDLER -> Words.of("经办人：签收、办理、答复“" + unit + "”的待办。",
          "Handler: takes, handles and answers the work of " + unit + ".");
      case VERIFIER -> Words.of("核查员：核查别的单位办完的案件。", "Verifier: checks what other units have done.");
      case DUTY_LEADER -> Words.of("值班领导：看得到“" + unit + "”的全部待办，可以改派；"
              + (centre ? "审批第一次延期，维护权责清单。" : "提出延期、退单。"),
          "Duty leader: sees all the work of " + unit + " and hands it over; "
              + (centre ? "decides first extensions and keeps the duty list." : "asks for extensions and returns."));
      case COUNTY_LEADER -> Words.of("县领导：审批第二次延期，接收红牌提醒。",
          "County leader: decides second extensions and is told of red cards.");
      case SUPERVISOR -> Words.of(centre ? "督办人员：对全县催办、发督办单，封存月度考评。" : "督办人员：督办“" + unit + "”的案件。",
          centre ? "Supervisor: urges and orders in the whole county and freezes the month."
              : "Supervisor: supervises the cases of " + unit + ".");
      case DESIGNER -> Words.of("流程设计人员：维护流程、表单和规则。", "Designer: keeps processes, forms and rules.");
      case ADMINISTRATOR -> Words.of("系统管理员：维护单位、人员、日历、权责清单和通知；不因此看到案件。",
          "Administrator: keeps units, people, calendar, duty list and notices; sees no case by that.");
    };
  }
}
