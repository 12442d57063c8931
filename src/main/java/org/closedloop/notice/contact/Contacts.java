package org.closedloop.notice.contact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.closedloop.notice.webhook.Webhooks;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps where and when officials want to be told. */
@Service
public class Contacts {

  /**
   * One mailbox in the form everybody uses. The unusual forms of RFC 5321 (quoted names, routes, comments) are how
   * addresses smuggle further recipients and commands, and no office has one.
   */
  private static final Pattern EMAIL = Pattern.compile(
      "[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}"
          + "[A-Za-z]{2,63})");

  private final ContactMapper rows;
  private final Webhooks webhooks;
  private final QuietHours everybody;
  private final Set<String> domains;

  /** @param domains only addresses in these are taken; none: in all */
  Contacts(ContactMapper rows, Webhooks webhooks,
      @Value("${closedloop.notice.quiet-hours}") String quiet,
      @Value("${closedloop.notice.quiet-days-off}") boolean quietDaysOff,
      @Value("${closedloop.mail.domains}") String domains) {
    this.rows = rows;
    this.webhooks = webhooks;
    this.everybody = QuietHours.parse(quiet, quietDaysOff);
    this.domains = Arrays.stream(domains.toLowerCase(Locale.ROOT).split("[ ,;]+")).filter(d -> !d.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Never null; empty when nothing was said. */
  public Contact of(String username) {
    return rows.of(username).orElse(new Contact(username, null, null, null, null, null));
  }

  /** By username; who said nothing is missing. */
  public Map<String, Contact> of(Collection<String> usernames) {
    Map<String, Contact> found = new HashMap<>();
    if (!usernames.isEmpty()) {
      rows.ofAll(List.copyOf(usernames)).forEach(c -> found.put(c.username(), c));
    }
    return found;
  }

  /** @param contact null: somebody who said nothing */
  public QuietHours quiet(Contact contact) {
    return contact == null ? everybody : contact.quiet(everybody);
  }

  /** @throws InvalidInput naming every wrong field */
  @Transactional
  public Contact keep(Contact wanted) {
    List<FieldError> errors = new ArrayList<>();
    if (wanted.email() != null) {
      var email = EMAIL.matcher(wanted.email());
      if (!email.matches() || wanted.email().length() > 254) {
        errors.add(FieldError.of("email", "不是邮箱地址，请填写如 name@example.gov.cn。",
            "Not a mail address; write it like name@example.gov.cn."));
      } else if (!domains.isEmpty() && !domains.contains(email.group(1).toLowerCase(Locale.ROOT))) {
        errors.add(FieldError.of("email", "只接受单位邮箱：" + String.join("、", domains) + "。",
            "Only addresses of the office are taken: " + String.join(", ", domains) + "."));
      }
    }
    if (wanted.webhook() != null && !webhooks.names().contains(wanted.webhook())) {
      errors.add(FieldError.of("webhook", "没有这个推送目标，请向系统管理员询问可用的名称。",
          "There is no such target; ask the administrator for the names."));
    }
    if (wanted.quietFrom() == null != (wanted.quietTo() == null)) {
      errors.add(FieldError.of(wanted.quietFrom() == null ? "quietFrom" : "quietTo",
          "免打扰时段的开始和结束须同时填写。", "Give both the beginning and the end of the quiet hours."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    rows.put(wanted);
    return wanted;
  }
}
