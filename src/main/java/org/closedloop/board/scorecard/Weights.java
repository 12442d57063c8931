package org.closedloop.board.scorecard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How much each rate weighs in the score, in percent. Changing it changes no frozen month. */
@Service
class Weights {

  private static final int ALL = 100;

  private final WeightMapper table;
  private final Me me;

  Weights(WeightMapper table, Me me) {
    this.table = table;
    this.me = me;
  }

  /** By rate, heaviest first; those that weigh nothing too. */
  Map<String, Integer> now() {
    Map<String, Integer> weights = new LinkedHashMap<>();
    table.all().forEach(w -> weights.put(w.rate(), w.weight()));
    return weights;
  }

  /**
   * @param weights by rate; a rate left out weighs nothing from now on
   * @throws Forbidden    for everybody but administrators and the leaders of the county's command
   * @throws InvalidInput unless the names are rates that may be weighed and the weights add up to 100
   */
  @Transactional
  Map<String, Integer> change(Map<String, Integer> weights) {
    mustDecide(me.current());
    check(weights);
    table.lock();
    for (Rate rate : Rate.values()) {
      if (rate.weighable()) {
        table.set(rate.key(), weights.getOrDefault(rate.key(), 0));
      }
    }
    return now();
  }

  private static void mustDecide(Official by) {
    boolean command = by.holds(Post.COUNTY_LEADER)
        || by.unit().kind() == UnitKind.COMMAND_CENTRE && by.holds(Post.DUTY_LEADER);
    if (!command && !by.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员、县领导和指挥中心带班领导可以调整考评权重。",
          "Only administrators, county leaders and the command centre's duty leader may change the weights.");
    }
  }

  private static void check(Map<String, Integer> weights) {
    List<FieldError> errors = new ArrayList<>();
    weights.forEach((key, weight) -> {
      Rate rate = Rate.of(key);
      if (rate == null || !rate.weighable()) {
        errors.add(FieldError.of(key.length() > 40 ? "weights" : key,
            "可设权重的指标为 response、solving、satisfaction、on-time、check-in。",
            "Rates that may be weighed: response, solving, satisfaction, on-time, check-in."));
      } else if (weight == null || weight < 0 || weight > ALL) {
        errors.add(FieldError.of(key, "权重应为 0 到 100 的整数。", "A weight is a whole number from 0 to 100."));
      }
    });
    if (errors.isEmpty() && weights.values().stream().mapToInt(w -> w).sum() != ALL) {
      errors.add(FieldError.of("weights", "各项权重之和应为 100。", "The weights must add up to 100."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }
}
