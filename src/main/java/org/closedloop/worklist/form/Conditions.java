package org.closedloop.worklist.form;

import java.util.Map;
import java.util.Optional;
import org.closedloop.problem.Words;

/**
 * The FEEL expressions inside a form, evaluated by whoever knows FEEL. Texts come without the leading {@code =}.
 * Contexts hold JSON values only (maps, lists, strings, numbers, booleans, null). Nothing here ever throws: a form must
 * not fail because of one expression, just as it does not in the browser.
 */
public interface Conditions {

  /** True only when the expression yields the boolean true; an expression that fails is not true. */
  boolean isTrue(String feel, Map<String, Object> context);

  /** The value as JSON values, null when the expression fails or takes too long. */
  Object evaluate(String feel, Map<String, Object> context);

  /** Why the expression cannot be used (syntax, too long, too costly), for those who check models. */
  Optional<Words> fault(String feel);
}
