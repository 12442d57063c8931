package org.closedloop.worklist.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.closedloop.casefile.category.Categories;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** Whether a template can be offered as it is written; findings stand at the names of its parts. */
@Component
class ReplyTemplateCheck {

  private static final int LONGEST_TITLE = 40;
  private static final int LONGEST_TITLE_EN = 80;

  private final Categories categories;
  private final Organisation organisation;

  ReplyTemplateCheck(Categories categories, Organisation organisation) {
    this.categories = categories;
    this.organisation = organisation;
  }

  /** @param fields what there is to write for */
  List<FieldError> faults(ReplyTemplate t, Collection<ReplyField> fields) {
    List<FieldError> found = new ArrayList<>();
    Optional<ReplyField> field = fields.stream().filter(f -> f.field().equals(t.field())).findFirst();
    if (field.isEmpty()) {
      String known = String.join("、", fields.stream().map(f -> f.field() + "（" + f.label() + "）").toList());
      found.add(FieldError.of("field", "没有这个填写项，或者反映人看不到它。可用：" + known + "。",
          "There is no such question, or the reporter does not read its answer. There are: "
              + String.join(", ", fields.stream().map(ReplyField::field).toList()) + "."));
    }
    words("title", t.title(), LONGEST_TITLE, true).ifPresent(found::add);
    words("titleEn", t.titleEn(), LONGEST_TITLE_EN, false).ifPresent(found::add);
    field.flatMap(f -> words("text", t.text(), f.longest(), true)).ifPresent(found::add);
    ReplyText.fault(t.text()).map(fault -> new FieldError("text", fault)).ifPresent(found::add);
    if (t.category() != null && categories.usable(t.category()).isEmpty()) {
      found.add(FieldError.of("category", "没有这个事项分类，或已停用。", "There is no such category, or it is retired."));
    }
    if (t.unit() != null && (organisation.unit(t.unit()).isEmpty() || organisation.dissolved(t.unit()))) {
      found.add(FieldError.of("unit", "没有这个单位，或已撤销。", "There is no such unit, or it is dissolved."));
    }
    return found;
  }

  private static Optional<FieldError> words(String name, String text, int longest, boolean needed) {
    if (text == null || text.isEmpty()) {
      return needed ? Optional.of(FieldError.of(name, "不能为空。", "must not be empty.")) : Optional.empty();
    }
    return text.codePointCount(0, text.length()) <= longest ? Optional.empty() : Optional.of(new FieldError(name,
        Words.of("太长：最多 " + longest + " 个字。", "too long; at most " + longest + " characters.")));
  }
}
