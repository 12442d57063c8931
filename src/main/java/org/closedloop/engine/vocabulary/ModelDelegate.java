package org.closedloop.engine.vocabulary;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.closedloop.problem.Words;

/**
 * Something a service or send task may do, named as {@code camunda:delegateExpression="${name}"}. Every Spring bean of
 * this type is part of the language, and no other bean can be reached from a model.
 */
public interface ModelDelegate extends JavaDelegate {

  /** The name models use; never changed once published, running cases carry it. */
  String name();

  /** One sentence for designers. */
  Words meaning();
}
