package org.closedloop.engine.vocabulary;

import org.closedloop.problem.Words;

/** A process variable that every case has from its start, so that models may read it without declaring it. */
public record ModelVariable(String name, Words meaning) {}
